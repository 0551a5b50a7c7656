WITH uneven AS (
  -- A row that took and passed on exactly the station's need can't differ from its neighbours: only stations with some
  -- other row are grouped, which spares the engine four million groups.
  SELECT DISTINCT b.district, b.station, b.item, b.ballot, b.dapil
  FROM stage_rows b
  LEFT JOIN needs n ON n.code = b.station
  WHERE b.station <> ''
    AND (b.item <> 'ballot' OR n.need IS NULL OR b.taken <> n.need OR b.passed <> n.need)
),
stations_wide AS (
  -- one line a station and thing: NULL is a stage that has recorded nothing of it yet
  SELECT
    b.district,
    b.station,
    b.item,
    b.ballot,
    b.dapil,
    SUM(CASE WHEN b.stage = 'packing' THEN b.passed END) AS passed_0,
    SUM(CASE WHEN b.stage = 'to_kecamatan' THEN b.passed END) AS passed_1,
    SUM(CASE WHEN b.stage = 'to_kecamatan' THEN b.taken END) AS taken_1,
    SUM(CASE WHEN b.stage = 'to_village' THEN b.passed END) AS passed_2,
    SUM(CASE WHEN b.stage = 'to_village' THEN b.taken END) AS taken_2,
    SUM(CASE WHEN b.stage = 'to_station' THEN b.passed END) AS passed_3,
    SUM(CASE WHEN b.stage = 'to_station' THEN b.taken END) AS taken_3,
    SUM(CASE WHEN b.stage = 'return' THEN b.passed END) AS passed_4,
    SUM(CASE WHEN b.stage = 'return' THEN b.taken END) AS taken_4,
    SUM(CASE WHEN b.stage = 'recapitulation' THEN b.passed END) AS passed_5,
    SUM(CASE WHEN b.stage = 'recapitulation' THEN b.taken END) AS taken_5
  FROM stage_rows b
  JOIN uneven u
    ON u.station = b.station AND u.item = b.item AND u.ballot = b.ballot AND u.dapil = b.dapil
    AND u.district = b.district
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
