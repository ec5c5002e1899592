"""What LEAP offers, by strand."""

from leap.core.reference_data.models import Service
from leap.ops.demo.world import World

# code: name, strand, kind
SERVICES: dict[str, tuple[str, str, str]] = {
    "one-to-one-nutrition": ("1-2-1 Nutrition", "diet_and_nutrition", "one_to_one"),
    "pine": (
        "Pregnancy Information for Nutrition and Exercise (PINE)",
        "diet_and_nutrition",
        "course",
    ),
    "oral-health-packs": ("Oral Health Packs", "diet_and_nutrition", "home_visiting"),
    "supervised-toothbrushing": ("Supervised Toothbrushing", "diet_and_nutrition", "workforce"),
    "leap-into-healthy-living": ("LEAP Into Healthy Living", "diet_and_nutrition", "course"),
    "breastfeeding-peer-support": (
        "Breastfeeding Peer Support",
        "diet_and_nutrition",
        "peer_support",
    ),
    "family-nutrition": ("Family Nutrition", "diet_and_nutrition", "course"),
    "pairs-one-to-one": ("PAIRS 1-2-1", "social_and_emotional", "one_to_one"),
    "pairs-together-time": ("PAIRS Together Time", "social_and_emotional", "drop_in"),
    "pairs-circle-of-security": ("PAIRS Circle of Security", "social_and_emotional", "course"),
    "baby-steps": ("Baby Steps", "social_and_emotional", "course"),
    "family-nurse-partnership": (
        "Family Nurse Partnership",
        "social_and_emotional",
        "home_visiting",
    ),
    "empowering-parents": (
        "Empowering Parents, Empowering Communities",
        "social_and_emotional",
        "course",
    ),
    "overcrowded-housing": ("Overcrowded Housing", "social_and_emotional", "one_to_one"),
    "dv-enhanced-caseworkers": ("DV Enhanced Caseworkers", "social_and_emotional", "one_to_one"),
    "dv-groups": ("DV Groups", "social_and_emotional", "course"),
    "making-it-real": ("Making it REAL", "communication_and_language", "home_visiting"),
    "sharing-real-with-parents": (
        "Sharing REAL with Parents",
        "communication_and_language",
        "course",
    ),
    "babies-next-steps": ("Babies' Next Steps", "communication_and_language", "course"),
    "chattertime": ("Chattertime", "communication_and_language", "drop_in"),
    "evelina-award": ("Evelina Award", "communication_and_language", "workforce"),
    "doorstep-library": ("Doorstep Library", "communication_and_language", "home_visiting"),
    "natural-thinkers": ("Natural Thinkers", "communication_and_language", "drop_in"),
    "caseload-midwifery": ("Caseload midwifery", "cross_cutting", "one_to_one"),
    "community-engagement": ("Community activities", "cross_cutting", "drop_in"),
    "parent-champions": ("Parent champions", "cross_cutting", "peer_support"),
    "environmental-health": ("Environmental Health", "cross_cutting", "one_to_one"),
    "workforce-development": ("Workforce development", "cross_cutting", "workforce"),
}


def offer(world: World) -> None:
    """Add every service."""
    for code, (name, strand, kind) in SERVICES.items():
        world.services[code] = world.add(Service(code=code, name=name, strand=strand, kind=kind))
