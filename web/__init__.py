"""What people see: pages, forms and the JSON interface, over the same use cases.

Law: web knows the engine and the adapters; it knows neither `workers` nor `cli`. No rule of a process is decided here.
"""
