"""Postcodes, teams, sites and services: each row stands alone, and comes in before the families."""

from leap.core.accounts.actions import create_team
from leap.core.accounts.models import Agency
from leap.data_import.formats import BY_FILE, FileFormat
from leap.data_import.matching import (
    Entity,
    KnownRecord,
    RecordPair,
    fill,
    good,
    linked,
    plain,
    refuse,
    refuse_different,
    words,
)
from leap.data_import.staging import ask, bring, run, temporary, view

POSTCODES, TEAMS = BY_FILE["postcodes.csv"], BY_FILE["teams.csv"]
SITES, SERVICES = BY_FILE["sites.csv"], BY_FILE["services.csv"]

TEAM = KnownRecord("team", "accounts_team", "code", TEAMS.file, TEAMS)
SITE = KnownRecord("site", "reference_data_site", "code", SITES.file, SITES)
SERVICE = KnownRecord("service", "reference_data_service", "code", SERVICES.file, SERVICES)

IN_ORDER = "(SELECT string_agg(w, ';' ORDER BY w) FROM unnest({}) w)"


def load() -> dict[str, int]:
    """Check and load the four files; how many rows of each were new."""
    return {
        "postcodes": _load_postcodes(),
        "teams": _load_teams(),
        "sites": _load_sites(),
        "services": _load_services(),
    }


def _load_postcodes() -> int:
    view(
        "postcode_here",
        """SELECT d.*, t.id FROM in_postcodes d
             LEFT JOIN reference_data_postcode t ON t.postcode = d.postcode""",
    )
    entity = Entity(
        POSTCODES,
        "postcode_here",
        "reference_data_postcode",
        "d.postcode",
        (words("ward_2011"), words("ward_2022"), words("lsoa_2011"), plain("imd_decile")),
    )
    refuse_different(entity)
    fill(entity, good(POSTCODES))
    temporary(
        "postcode_new", f"AS SELECT * FROM postcode_here d WHERE id IS NULL AND {good(POSTCODES)}"
    )
    return bring(
        "reference_data_postcode",
        """
        INSERT INTO reference_data_postcode (postcode, ward_2011, ward_2022, lsoa_2011, imd_decile)
        SELECT postcode, coalesce(ward_2011, ''), coalesce(ward_2022, ''),
               coalesce(lsoa_2011, ''), imd_decile
          FROM postcode_new ORDER BY line""",
    )


def keep_unlisted_postcodes(file_format: FileFormat) -> None:
    """Keep postcodes of a file that the directory does not list: their ward is not known, and an
    extract of the ONS Postcode Directory fills it in later."""
    run(f"""
        INSERT INTO reference_data_postcode (postcode, ward_2011, ward_2022, lsoa_2011)
        SELECT DISTINCT d.postcode, '', '', '' FROM {file_format.table} d
         WHERE d.postcode IS NOT NULL AND {good(file_format)}
        ON CONFLICT (postcode) DO NOTHING""")


def _load_teams() -> int:
    view(
        "team_here",
        "SELECT d.*, t.id FROM in_teams d LEFT JOIN accounts_team t ON t.code = d.team",
    )
    entity = Entity(
        TEAMS,
        "team_here",
        "accounts_team",
        "d.team",
        (
            words("name"),
            RecordPair(
                "agency", "d.agency", "(SELECT code FROM accounts_agency WHERE id = t.agency_id)"
            ),
            words("discipline"),
            RecordPair(
                "wards",
                IN_ORDER.format("string_to_array(d.wards, ';')"),
                IN_ORDER.format("t.ward_codes"),
                "ward_codes",
                "string_to_array(d.wards, ';')",
            ),
        ),
    )
    refuse_different(entity)
    _load_agencies()
    fill(entity, good(TEAMS))
    return _found_teams()


def _load_agencies() -> None:
    """Agencies come with their teams. One whose name was not given goes by its code until it is."""
    run(f"""
        INSERT INTO accounts_agency (code, name)
        SELECT DISTINCT ON (agency) agency, coalesce(agency_name, agency) FROM in_teams d
         WHERE agency IS NOT NULL AND {good(TEAMS)}
         ORDER BY agency, agency_name IS NULL, line
        ON CONFLICT (code) DO NOTHING""")
    run(f"""
        UPDATE accounts_agency a SET name = d.agency_name FROM in_teams d
         WHERE d.agency = a.code AND a.name = a.code AND d.agency_name <> a.name
           AND {good(TEAMS)}""")
    refuse(f"""
        SELECT '{TEAMS.file}', d.line, 'agency_name',
               concat(d.agency, ' is called “', a.name, '” already and “', d.agency_name, '” here.')
          FROM in_teams d JOIN accounts_agency a ON a.code = d.agency
         WHERE a.name <> d.agency_name""")


def _found_teams() -> int:
    """New teams, through the action that gives each its group; there are never very many."""
    new = ask(f"""
        SELECT d.team, d.name, d.discipline, coalesce(d.wards, ''), a.id
          FROM team_here d JOIN accounts_agency a ON a.code = d.agency
         WHERE d.id IS NULL AND {good(TEAMS)} ORDER BY d.line""")
    agencies = Agency.objects.in_bulk({agency for *_, agency in new})
    for code, name, discipline, wards, agency in new:
        create_team(
            code=code,
            name=name,
            agency=agencies[agency],
            discipline=discipline,
            ward_codes=wards.split(";") if wards else [],
        )
    return len(new)


def _load_sites() -> int:
    keep_unlisted_postcodes(SITES)
    view(
        "site_here",
        """SELECT d.*, t.id, p.id AS postcode_id FROM in_sites d
             LEFT JOIN reference_data_site t ON t.code = d.site
             LEFT JOIN reference_data_postcode p ON p.postcode = d.postcode""",
    )
    entity = Entity(
        SITES,
        "site_here",
        "reference_data_site",
        "d.site",
        (words("name"), linked("postcode", "postcode_id", "reference_data_postcode", "postcode")),
    )
    refuse_different(entity)
    fill(entity, good(SITES))
    return run(f"""
        INSERT INTO reference_data_site (code, name, postcode_id, address, telephone)
        SELECT site, name, postcode_id, '', '' FROM site_here d
         WHERE id IS NULL AND {good(SITES)} ORDER BY line""")


def _load_services() -> int:
    view(
        "service_here",
        "SELECT d.*, t.id FROM in_services d"
        " LEFT JOIN reference_data_service t ON t.code = d.service",
    )
    entity = Entity(
        SERVICES,
        "service_here",
        "reference_data_service",
        "d.service",
        (words("name"), words("strand"), words("kind")),
    )
    refuse_different(entity)
    fill(entity, good(SERVICES))
    return run(f"""
        INSERT INTO reference_data_service (code, name, strand, kind)
        SELECT service, name, strand, kind FROM service_here d
         WHERE id IS NULL AND {good(SERVICES)} ORDER BY line""")
