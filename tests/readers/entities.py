"""People and groups, as two data models have them: FollowTheMoney and Popolo."""

import json
from collections import Counter

import edtf
from dossier import bare

FTM_DATES = {"startDate": "date", "endDate": "date", "date": "date", "birthDate": "born", "deathDate": "died"}


def check_followthemoney(site):
    from followthemoney import model
    entities = {}
    for line in site.text("data/followthemoney.json").splitlines():
        data = json.loads(line)
        id, schema = data.get("id"), model.get(data.get("schema", ""))
        site.expect(id and id not in entities, f"{id}: no id, or there twice")
        if site.expect(schema and not schema.abstract, f"{id}: no schema {data.get('schema')}"):
            entities[id] = schema, data["properties"]
    for id, (schema, properties) in entities.items():
        record = site.records.get(site.id_of(id), {})
        for name, values in properties.items():
            prop = schema.get(name)
            if not site.expect(prop and not prop.stub, f"{id}: {schema.name} has no property {name}"):
                continue
            for value in values:
                kind = prop.type.name
                valid = isinstance(value, str) and prop.type.validate(value, format=prop.format)
                clean = valid and (kind not in ("date", "country") or prop.type.clean(value) == value)
                site.expect(clean, f"{id}.{name}: {value!r} is no {kind}")
                if kind == "entity" and site.expect(value in entities, f"{id}.{name}: no entity {value}"):
                    target = entities[value][0]
                    fits = target.is_a(prop.range)
                    site.expect(fits, f"{id}.{name}: {value} is of {target.name}, not of {prop.range.name}")
                text = record.get(FTM_DATES.get(name, ""))
                true = not text or not clean or edtf.is_true(value, text, name == "endDate")
                site.expect(true, f"{id}.{name}: {value} says more than {text}")
        whole = {"id": id, "schema": schema.name, "properties": properties}
        try:
            schema.validate(whole)
            kept = model.get_proxy(whole).to_dict()["properties"]
            site.expect(set(kept) == set(properties), f"{id}: lost when read: {set(properties) - set(kept)}")
        except Exception as error:
            site.fail(f"{id}: {schema.name}: {getattr(error, 'errors', error)}")
    for name, kind in (("Person", "people"), ("Organization", "groups")):
        found = [given.get("name", [""])[0] for schema, given in entities.values() if schema.is_a(name)]
        site.same(found, [one["name"] for one in site.data[kind]], name)
    kinds = Counter(schema.name for schema, _ in entities.values())
    return ", ".join(f"{count} {name}" for name, count in kinds.items())


# Names of properties in https://www.popoloproject.com/specs/, so that a misspelt one is found.
POPOLO = {
    "persons": "id name other_names identifiers family_name given_name additional_name honorific_prefix "
               "honorific_suffix patronymic_name sort_name email gender birth_date death_date image summary "
               "biography national_identity contact_details links created_at updated_at sources",
    "organizations": "id name other_names identifiers classification parent_id area_id abstract description image "
                     "founding_date dissolution_date contact_details links created_at updated_at sources",
    "memberships": "id label role member person_id organization_id post_id on_behalf_of_id area_id start_date "
                   "end_date contact_details links created_at updated_at sources",
    "events": "id name description start_date end_date location status identifiers classification "
              "organization_id attendees parent_id created_at updated_at sources",
    "areas": "id name identifier classification parent_id geometry created_at updated_at sources",
}
POPOLO_DATES = {"birth_date": "born", "death_date": "died", "founding_date": "founded",
                "dissolution_date": "dissolved", "start_date": "date", "end_date": "date"}


def popolo_schema():
    closed = lambda required, known: {"type": "object", "required": required.split(), "properties": known,
                                      "additionalProperties": False}
    some = lambda items: {"type": "array", "items": items}
    text, needed = {"type": ["string", "null"]}, {"type": "string", "minLength": 1}
    date, web = text | {"pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}, {"type": "string", "pattern": "^https?://"}
    link = closed("url", {"url": web, "note": text})
    name = {"name": needed, "note": text, "start_date": date, "end_date": date}
    known = {"other_names": some(closed("name", name)), "links": some(link), "sources": some(link), "image": web,
             "identifiers": some(closed("identifier", {"identifier": needed, "scheme": text})),
             "attendees": some({"type": "object", "required": ["id", "name"]}),
             "geometry": {"type": ["object", "null"]}}
    parts = {}
    for part, fields in POPOLO.items():
        required = "person_id organization_id" if part == "memberships" else "id name"
        fields = {field: known.get(field, date if field.endswith("_date") else text) for field in fields.split()}
        parts[part] = some(closed(required, fields | {field: needed for field in required.split()}))
    return {"type": "object", "required": list(parts), "properties": parts}


def check_popolo(site):
    import jsonschema
    whole = site.json("data/popolo.json")
    for error in jsonschema.Draft202012Validator(popolo_schema()).iter_errors(whole):
        site.fail(f"{error.json_path}: {error.message[:200]}")
    ids = {part: [item["id"] for item in whole[part] if item.get("id")] for part in POPOLO}
    refers = {"person_id": "persons", "organization_id": "organizations", "area_id": "areas",
              "on_behalf_of_id": "organizations"}
    for part in POPOLO:
        site.same(ids[part], set(ids[part]), f"ids of {part}")
        for item in whole[part]:
            record = site.records.get(site.id_of(item.get("id")), {})
            for field, target in (refers | {"parent_id": part}).items():
                there = not item.get(field) or item[field] in ids[target]
                site.expect(there, f"{part}: {field} {item.get(field)} is nobody")
            for guest in item.get("attendees", []):
                id = guest.get("id") if isinstance(guest, dict) else guest
                site.expect(id in ids["persons"], f"{item['id']}: attendee {id} is nobody")
            for field in set(POPOLO_DATES) & set(item):
                text = record.get(POPOLO_DATES[field])
                true = not text or edtf.is_true(item[field], text, field == "end_date")
                site.expect(true, f"{item.get('id')}.{field}: {item[field]} says more than {text}")
    for part, kind in (("persons", "people"), ("organizations", "groups"), ("areas", "places")):
        site.same([item.get("name") for item in whole[part]], [one["name"] for one in site.data[kind]], part)
    key = lambda id: bare(site.id_of(id) or id)
    said = [(key(one["person_id"]), key(one["organization_id"]), one.get("role")) for one in whole["memberships"]]
    site.same(said, [(one["key"], bare(role["of"]), role["role"]) for one, role in site.roles], "memberships")
    return ", ".join(f"{len(whole[part])} {part}" for part in POPOLO)
