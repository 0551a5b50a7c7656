WITH gap_rows AS (
  SELECT district, station, item, ballot, dapil, gap_1, gap_2, gap_3, gap_4, gap_5
  FROM gaps
),
differences AS (
  SELECT b.district, b.place, b.station, b.stage, b.item, b.ballot, b.dapil, 'unbalanced' AS reason,
    b.taken + b.over - b.passed - b.held - b.damaged - b.short AS units
  FROM stage_rows b
  WHERE b.taken + b.over <> b.passed + b.held + b.damaged + b.short
  UNION ALL
  SELECT district, station, station, 'to_kecamatan', item, ballot, dapil,
    CASE WHEN gap_1 < 0 THEN 'gap_less' ELSE 'gap_more' END, gap_1
  FROM gap_rows
  WHERE gap_1 <> 0
  UNION ALL
  SELECT district, station, station, 'to_village', item, ballot, dapil,
    CASE WHEN gap_2 < 0 THEN 'gap_less' ELSE 'gap_more' END, gap_2
  FROM gap_rows
  WHERE gap_2 <> 0
  UNION ALL
  SELECT district, station, station, 'to_station', item, ballot, dapil,
    CASE WHEN gap_3 < 0 THEN 'gap_less' ELSE 'gap_more' END, gap_3
  FROM gap_rows
  WHERE gap_3 <> 0
  UNION ALL
  SELECT district, station, station, 'return', item, ballot, dapil,
    CASE WHEN gap_4 < 0 THEN 'gap_less' ELSE 'gap_more' END, gap_4
  FROM gap_rows
  WHERE gap_4 <> 0
  UNION ALL
  SELECT district, station, station, 'recapitulation', item, ballot, dapil,
    CASE WHEN gap_5 < 0 THEN 'gap_less' ELSE 'gap_more' END, gap_5
  FROM gap_rows
  WHERE gap_5 <> 0
  UNION ALL
  SELECT b.district, b.place, b.station, b.stage, b.item, b.ballot, b.dapil,
    CASE WHEN b.passed < n.need THEN 'need_short' ELSE 'need_over' END, b.passed - n.need
  FROM stage_rows b
  JOIN needs n ON n.code = b.station
  WHERE b.item = 'ballot' AND b.stage IN ('packing', 'to_station') AND b.passed <> n.need
  UNION ALL
  SELECT b.district, b.place, b.station, b.stage, b.item, b.ballot, b.dapil, 'missing', -b.short
  FROM stage_rows b
  WHERE b.short <> 0
  UNION ALL
  SELECT b.district, b.place, b.station, b.stage, b.item, b.ballot, b.dapil, 'found_over', b.over
  FROM stage_rows b
  WHERE b.over <> 0
)
SELECT district, place, station, stage, item, ballot, dapil, reason, CAST(units AS BIGINT) AS units
FROM differences
WHERE (? = '' OR stage = ?) AND (? = '' OR ballot = ?)
ORDER BY ABS(units) DESC, place, stage, item, ballot, dapil, reason
LIMIT ?
