WITH uneven AS (
  -- Where all rows of a station took and passed on one and the same number, none differs from its neighbour: only the
  -- other stations are grouped below, which spares the engine four million groups of a nation. Ballots, which are most
  -- rows, are grouped by the station alone: engines group one column by a file's dictionary, and two row by row.
  SELECT station
  FROM stage_rows
  WHERE item = 'ballot' AND station <> ''
  GROUP BY station
  HAVING MIN(taken) <> MAX(taken) OR MIN(passed) <> MAX(passed) OR MIN(taken) <> MIN(passed)
  UNION
  SELECT station
  FROM stage_rows
  WHERE item <> 'ballot' AND station <> ''
  GROUP BY station, item
  HAVING MIN(taken) <> MAX(taken) OR MIN(passed) <> MAX(passed) OR MIN(taken) <> MIN(passed)
),
stations_wide AS (
  -- one line a station and thing: NULL is a stage that has recorded nothing of it yet
  -- the record has one row for each of its stages, which MAX finds with half the memory of SUM
  SELECT
    b.district,
    b.station,
    b.item,
    b.ballot,
    b.dapil,
    MAX(CASE WHEN b.stage = 'packing' THEN b.passed END) AS passed_0,
    MAX(CASE WHEN b.stage = 'to_kecamatan' THEN b.passed END) AS passed_1,
    MAX(CASE WHEN b.stage = 'to_kecamatan' THEN b.taken END) AS taken_1,
    MAX(CASE WHEN b.stage = 'to_village' THEN b.passed END) AS passed_2,
    MAX(CASE WHEN b.stage = 'to_village' THEN b.taken END) AS taken_2,
    MAX(CASE WHEN b.stage = 'to_station' THEN b.passed END) AS passed_3,
    MAX(CASE WHEN b.stage = 'to_station' THEN b.taken END) AS taken_3,
    MAX(CASE WHEN b.stage = 'return' THEN b.passed END) AS passed_4,
    MAX(CASE WHEN b.stage = 'return' THEN b.taken END) AS taken_4,
    MAX(CASE WHEN b.stage = 'recapitulation' THEN b.passed END) AS passed_5,
    MAX(CASE WHEN b.stage = 'recapitulation' THEN b.taken END) AS taken_5
  FROM stage_rows b
  JOIN uneven u ON u.station = b.station
  GROUP BY b.district, b.station, b.item, b.ballot, b.dapil
)
-- what a stage took, less what the nearest stage before it that recorded anything passed on
SELECT
  district,
  station,
  item,
  ballot,
  dapil,
  taken_1 - passed_0 AS gap_1,
  taken_2 - COALESCE(passed_1, passed_0) AS gap_2,
  taken_3 - COALESCE(passed_2, passed_1, passed_0) AS gap_3,
  taken_4 - COALESCE(passed_3, passed_2, passed_1, passed_0) AS gap_4,
  taken_5 - COALESCE(passed_4, passed_3, passed_2, passed_1, passed_0) AS gap_5
FROM stations_wide
