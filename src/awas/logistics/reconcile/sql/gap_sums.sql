SELECT
  district,
  item,
  ballot,
  dapil,
  CAST(SUM(CASE WHEN gap_1 < 0 THEN 1 ELSE 0 END) AS BIGINT) AS less_count_to_kecamatan,
  CAST(SUM(CASE WHEN gap_1 < 0 THEN -gap_1 ELSE 0 END) AS BIGINT) AS less_units_to_kecamatan,
  CAST(SUM(CASE WHEN gap_1 > 0 THEN 1 ELSE 0 END) AS BIGINT) AS more_count_to_kecamatan,
  CAST(SUM(CASE WHEN gap_1 > 0 THEN gap_1 ELSE 0 END) AS BIGINT) AS more_units_to_kecamatan,
  CAST(SUM(CASE WHEN gap_2 < 0 THEN 1 ELSE 0 END) AS BIGINT) AS less_count_to_village,
  CAST(SUM(CASE WHEN gap_2 < 0 THEN -gap_2 ELSE 0 END) AS BIGINT) AS less_units_to_village,
  CAST(SUM(CASE WHEN gap_2 > 0 THEN 1 ELSE 0 END) AS BIGINT) AS more_count_to_village,
  CAST(SUM(CASE WHEN gap_2 > 0 THEN gap_2 ELSE 0 END) AS BIGINT) AS more_units_to_village,
  CAST(SUM(CASE WHEN gap_3 < 0 THEN 1 ELSE 0 END) AS BIGINT) AS less_count_to_station,
  CAST(SUM(CASE WHEN gap_3 < 0 THEN -gap_3 ELSE 0 END) AS BIGINT) AS less_units_to_station,
  CAST(SUM(CASE WHEN gap_3 > 0 THEN 1 ELSE 0 END) AS BIGINT) AS more_count_to_station,
  CAST(SUM(CASE WHEN gap_3 > 0 THEN gap_3 ELSE 0 END) AS BIGINT) AS more_units_to_station,
  CAST(SUM(CASE WHEN gap_4 < 0 THEN 1 ELSE 0 END) AS BIGINT) AS less_count_return,
  CAST(SUM(CASE WHEN gap_4 < 0 THEN -gap_4 ELSE 0 END) AS BIGINT) AS less_units_return,
  CAST(SUM(CASE WHEN gap_4 > 0 THEN 1 ELSE 0 END) AS BIGINT) AS more_count_return,
  CAST(SUM(CASE WHEN gap_4 > 0 THEN gap_4 ELSE 0 END) AS BIGINT) AS more_units_return,
  CAST(SUM(CASE WHEN gap_5 < 0 THEN 1 ELSE 0 END) AS BIGINT) AS less_count_recapitulation,
  CAST(SUM(CASE WHEN gap_5 < 0 THEN -gap_5 ELSE 0 END) AS BIGINT) AS less_units_recapitulation,
  CAST(SUM(CASE WHEN gap_5 > 0 THEN 1 ELSE 0 END) AS BIGINT) AS more_count_recapitulation,
  CAST(SUM(CASE WHEN gap_5 > 0 THEN gap_5 ELSE 0 END) AS BIGINT) AS more_units_recapitulation
FROM gaps
GROUP BY district, item, ballot, dapil
ORDER BY district, item, ballot, dapil
