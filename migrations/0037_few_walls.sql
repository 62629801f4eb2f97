-- Walls are few. Taken for a thousand, they made every look of somebody behind one read all matters of the firm for each table
-- that it touched: 8 ms in place of 0.1 with 50,000 matters.
alter function closed_matters() rows 10;
alter function closed_clients() rows 10;
alter function closed_names() rows 10;
