SELECT
  code,
  district,
  voters,
  -- rounded up station by station, UU 7/2017 Pasal 344(2); `multiple` is 2 where the reserve must be even
  voters + reserve_up + reserve_up % multiple AS need
FROM (
  SELECT
    s.code,
    s.district,
    s.voters,
    r.multiple,
    CAST(
      ((s.voters * r.per_mille + 999) - (s.voters * r.per_mille + 999) % 1000) / 1000 AS BIGINT
    ) AS reserve_up
  FROM stations s
  CROSS JOIN reserve r
) rounded
