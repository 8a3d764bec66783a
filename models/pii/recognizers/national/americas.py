# ruff: noqa: E501 (a table: one number a line)
"""Numbers of North and South America (US Social Security: see ``us_ssn``)."""

from models.pii.recognizers.national import formulas
from models.pii.recognizers.national.form import Form

_MBI = r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}"

FORMS = (
    Form("a Medicare number (US MBI)", _MBI, None, ("medicare", "mbi", "beneficiary", "patient", "medicaid"), run=False, entity="ID_NUMBER", lone=True),
    Form("a US provider number (NPI)", r"[12]\d{9}|[12]\d{3}[ -]\d{3}[ -]\d{3}", formulas.npi, ("npi", "npis", "provider", "provider id", "taxonomy"), entity="ID_NUMBER", lone=True),
    Form("a US prescriber number (DEA)", r"[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}", formulas.dea, ("dea", "prescriber", "medical license", "medical licence", "physician", "doctor"), entity="ID_NUMBER", lone=True),
    Form("a US adoption taxpayer number", r"9\d{2}-93-\d{4}", None, ("atin",)),
    Form("a US tax preparer number", r"P\d{8}", None, ("ptin", "preparer"), entity="ID_NUMBER"),
    Form("a Canadian insurance number", r"\d{3}[ -]?\d{3}[ -]?\d{3}", formulas.luhn_digits, ("sin", "social insurance", "nas", "assurance sociale")),
    Form("an Ontario health card", r"\d{4}[ -]?\d{3}[ -]?\d{3}(?:[ -]?[A-Z]{2})?", formulas.luhn_digits, ("ohip", "health card", "carte santé")),
    Form("a British Columbia health number", r"9\d{3}[ -]?\d{3}[ -]?\d{3}", "ca.bc_phn", ("phn", "personal health", "bc services")),
    Form("a Quebec health card", r"[A-Z]{4}[ ]?\d{4}[ ]?\d{4}", None, ("ramq", "assurance maladie", "health insurance", "health card")),
    Form("a Brazilian CPF", r"\d{3}\.\d{3}\.\d{3}-\d{2}", "br.cpf", ("cpf",), alone=True),
    Form("a Brazilian CPF", r"\d{9}-?\d{2}", "br.cpf", ("cpf", "cadastro de pessoa")),
    Form("a Brazilian CNPJ", r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}", "br.cnpj", ("cnpj",), alone=True),
    Form("a Brazilian CNPJ", r"\d{14}", "br.cnpj", ("cnpj",)),
    Form("a Brazilian PIS number", r"\d{3}\.?\d{5}\.?\d{2}-?\d", formulas.brazilian_pis, ("pis", "pasep", "nis", "nit")),
    Form("a Brazilian identity card", r"\d{1,2}\.?\d{3}\.?\d{3}-?[\dX]", None, ("rg", "registro geral", "carteira de identidade")),
    Form("a Mexican CURP", r"[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z0-9]\d", "mx.curp", ("curp",), alone=True),
    Form("a Mexican tax number", r"[A-ZÑ&]{4}-?\d{6}-?[A-Z0-9]{3}", "mx.rfc", ("rfc", "registro federal"), run=True),
    Form("a Mexican social security number", r"\d{2}-?\d{2}-?\d{2}-?\d{4}-?\d", formulas.luhn_digits, ("nss", "imss", "seguro social", "seguridad social")),
    Form("an Argentine tax number", r"(?:20|23|24|27|30|33|34)-\d{8}-\d", "ar.cuit", ("cuit", "cuil"), alone=True),
    Form("an Argentine tax number", r"(?:20|23|24|27|30|33|34)\d{9}", "ar.cuit", ("cuit", "cuil")),
    Form("an identity number", r"\d{1,2}\.?\d{3}\.?\d{3}", None, ("dni", "cédula", "cedula", "c.c.", "documento de identidad", "carné de identidad")),
    Form("a Chilean RUT", r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]", "cl.rut", ("rut", "run"), alone=True),
    Form("a Chilean RUT", r"\d{7,8}-?[\dkK]", "cl.rut", ("rut", "run", "rol único")),
    Form("a Colombian tax number", r"\d{3}\.?\d{3}\.?\d{3}-?\d", "co.nit", ("nit",)),
    Form("a Colombian citizen card", r"1[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}", None, ("cédula", "cedula", "c.c.", "cc")),
    Form("a Peruvian identity number", r"\d{8}-?[0-9A-K]", "pe.cui", ("dni", "cui")),
    Form("an Ecuadorian identity number", r"\d{9}-?\d", "ec.ci", ("cédula", "cedula", "ci")),
    Form("a Uruguayan identity number", r"\d\.?\d{3}\.?\d{3}-\d", None, ("cédula", "cedula", "c.i.", "ci")),
    Form("a Venezuelan number", r"[VEJPG]-?\d{7,9}(?:-?\d)?", None, ("cédula", "cedula", "rif", "c.i.")),
)  # fmt: skip
