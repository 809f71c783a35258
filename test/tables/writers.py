"""Writes one small table with every program that is at hand, as each writes by itself: python writers.py; Rscript writers.R."""
import datetime as dt
import json
import os

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import xlsxwriter

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "writers"))
random = np.random.default_rng(1)
ROWS = 60
cities = ["Zürich", "New York, NY", 'The "Hague"', "Oslo"]
rows = [
    {
        "day": dt.date(2023, 1, 1) + dt.timedelta(days=int(random.integers(0, 400))),
        "city": cities[int(random.integers(0, 4))],
        "price": round(float(1000 + 400 * random.standard_normal()), 2),
        "visits": None if row % 11 == 3 else int(random.poisson(4)),
        "ok": bool(random.random() < 0.4),
        "height": None if row % 13 == 5 else round(float(170 + 9 * random.standard_normal()), 1),
    }
    for row in range(ROWS)
]
names = list(rows[0])
json.dump([{**row, "day": row["day"].isoformat()} for row in rows], open("rows.json", "w"), indent=0)

# pandas: an index that numbers picked rows, whole numbers with gaps as floats
frame = pd.DataFrame(rows)
frame.index = range(5, 5 + ROWS)
frame["visits"] = frame["visits"].astype("float64")
frame.to_csv("pandas.csv")
frame.to_csv("pandas-semicolon.csv", index=False, sep=";", decimal=",")
frame.to_csv("pandas.tsv", sep="\t", index=False)
frame.to_csv("pandas.csv.gz", index=False)
text = frame.assign(day=frame["day"].astype(str))
for orient in ["records", "split", "columns", "index"]:
    text.to_json(f"pandas-{orient}.json", orient=orient)
text.to_json("pandas-lines.jsonl", orient="records", lines=True)
picked = frame.copy()
# An index that is no range is kept as a column: __index_level_0__.
picked.index = list(picked.index)
picked.to_parquet("pandas.parquet")
frame.convert_dtypes().to_parquet("pandas-nullable.parquet", index=False)
frame.reset_index(drop=True).to_feather("pandas.feather")
frame.to_excel("pandas.xlsx")

polars = pl.DataFrame(rows)
polars.write_csv("polars.csv")
polars.write_parquet("polars.parquet")
polars.write_ipc("polars.arrow")
polars.write_ipc("polars-zstd.arrow", compression="zstd")
polars.write_ndjson("polars.ndjson")
polars.write_json("polars.json")

duckdb.sql("create table visits as select * from polars")
duckdb.sql("copy visits to 'duckdb.csv'")
duckdb.sql("copy visits to 'duckdb.tsv' (delimiter '\t')")
duckdb.sql("copy visits to 'duckdb.parquet'")
duckdb.sql("copy visits to 'duckdb.json'")
duckdb.sql("copy visits to 'duckdb-array.json' (array true)")

# Excel: serial days, percents and currencies as formats, a formula, an error for what is missing, a title above
book = xlsxwriter.Workbook("excel.xlsx")
sheet = book.add_worksheet("Visits")
day = book.add_format({"num_format": "dd/mm/yyyy"})
money = book.add_format({"num_format": "#,##0.00 [$€-407]"})
sheet.merge_range(0, 0, 0, 5, "Visits of 2023", book.add_format({"bold": True}))
sheet.write_row(1, 0, names)
for at, row in enumerate(rows, 2):
    sheet.write_datetime(at, 0, dt.datetime.combine(row["day"], dt.time()), day)
    sheet.write_string(at, 1, row["city"])
    sheet.write_formula(at, 2, f"=ROUND({row['price']},2)", money, row["price"])
    if row["visits"] is not None:
        sheet.write_number(at, 3, row["visits"])
    sheet.write_boolean(at, 4, row["ok"])
    if row["height"] is None:
        sheet.write_formula(at, 5, "=1/0", None, "#DIV/0!")
    else:
        sheet.write_number(at, 5, row["height"])
book.close()


# Spreadsheets' CSV, byte for byte as they save what is shown
def quoted(text, separator):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in separator + '"\n') else text


def csv(path, separator, day, number, truth, end, mark="", last=True):
    lines = [separator.join(names)]
    for row in rows:
        cells = [
            day(row["day"]),
            quoted(row["city"], separator),
            number(row["price"], 2),
            "" if row["visits"] is None else str(row["visits"]),
            truth[row["ok"]],
            "" if row["height"] is None else number(row["height"], 1),
        ]
        lines.append(separator.join(quoted(cell, separator) if separator in cell else cell for cell in cells))
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(mark + end.join(lines) + (end if last else ""))


def comma(x, places):
    return f"{x:.{places}f}".replace(".", ",")


def thousands(x, places):
    return f"{x:,.{places}f}"


shown = lambda x, places: f"{x:g}"
csv("excel-de.csv", ";", lambda d: d.strftime("%d.%m.%Y"), comma, ["FALSCH", "WAHR"], "\r\n", "\ufeff")
csv("excel-us.csv", ",", lambda d: f"{d.month}/{d.day}/{d.year}", thousands, ["FALSE", "TRUE"], "\r\n", "\ufeff")
csv("excel-fr.csv", ";", lambda d: d.strftime("%d/%m/%Y"), comma, ["FAUX", "VRAI"], "\r\n", "\ufeff")
csv("libreoffice.csv", ",", lambda d: d.strftime("%m/%d/%y"), shown, ["FALSE", "TRUE"], "\n")
csv("google.csv", ",", lambda d: d.isoformat(), shown, ["FALSE", "TRUE"], "\r\n", last=False)
