"""Small untidy lists, made up: what real exports look like, in a few rows."""

from __future__ import annotations

import gzip
from pathlib import Path

CUSTOMERS = "customer_id,name,customer_city\nC-1,ACME,York\nC-2,张三电器,苏州\n,,\nC-3,Müller GmbH,Köln\n"
ORDERS = (
    "order_id,customer_id,order_status,order_purchase_timestamp\n"
    "SO-1,C-1,delivered,10/2/2017 10:56\n,,,\nSO-2,C-2,shipped,7/24/2018 20:41\n,,,\n"
)
LINES = "order_id,order_item_id,product_id,price\nSO-1,1,P-40,58.9\nSO-1,2,P-20,13.29\n"
UNITS = "序列号,产品名称,客户,质保到期\nSN-1,真空泵,C-1,2027-03-01\nSN-2,冷水机,C-2,2026/12/31\n"


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> str:
    """A list on disk, packed when its name says so; answers its path."""
    raw = text.encode(encoding)
    (folder / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return str(folder / name)
