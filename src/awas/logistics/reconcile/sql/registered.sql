SELECT district, COUNT(*) AS station_count
FROM stations
GROUP BY district
