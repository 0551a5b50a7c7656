SELECT
  district,
  place,
  station,
  stage,
  item,
  ballot,
  dapil,
  CAST(first_units AS BIGINT) AS first_units,
  CAST(second_units AS BIGINT) AS second_units,
  -- NULL where one of the two has not counted: that is no difference and no agreement either
  CAST(second_units - first_units AS BIGINT) AS difference
FROM (
  SELECT
    district,
    place,
    station,
    stage,
    item,
    ballot,
    dapil,
    SUM(CASE WHEN counted_by = ? THEN units END) AS first_units,
    SUM(CASE WHEN counted_by = ? THEN units END) AS second_units
  FROM counts
  GROUP BY district, place, station, stage, item, ballot, dapil
) side_by_side
WHERE (first_units IS NOT NULL OR second_units IS NOT NULL) AND (? = '' OR stage = ?) AND (? = '' OR ballot = ?)
ORDER BY COALESCE(ABS(second_units - first_units), 0) DESC, place, stage, item, ballot, dapil
LIMIT ?
