"""Pictures in a chapter: small on a phone, sharp on paper, and told in words."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from PIL import Image as Pixels
from wagtail.images import get_image_model

from handbook.models import Picture
from home.blocks.guidance import Picture as PictureBlock
from home.printing import registry, tasks

from .conftest import chapter_below
from .test_consent import shared

# Pillow and Wagtail leave the temporary file of a rendition to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*nclosed file:ResourceWarning"),
]


@pytest.fixture
def image(db, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT, settings.PRINTOUTS_ROOT = tmp_path / "media", tmp_path / "printouts"
    content = io.BytesIO()
    Pixels.effect_noise((1600, 1000), 80).convert("RGB").save(content, "JPEG")
    content.seek(0)
    with django_capture_on_commit_callbacks(execute=True):
        return get_image_model().objects.create(title="Bed", file=ImageFile(content, "bed.jpg"))


@pytest.fixture
def illustrated(index, image):
    """A live chapter with a picture of its own and one that somebody consented to."""
    consented = Picture.objects.create(image=image, alt="A tent over a bed", **shared())
    page = chapter_below(index)
    page.body.append(("image", {"image": image, "alt": "A dim lamp", "caption": "Ours"}))
    page.body.append(("consented_picture", {"picture": consented}))
    page.save_revision().publish()
    return page


def test_a_phone_gets_a_small_modern_file_and_keeps_its_place_for_it(client, illustrated):
    soup = BeautifulSoup(client.get(illustrated.url).content, "html.parser")
    pictures = soup.select("main picture")
    assert [each.img["alt"] for each in pictures] == ["A dim lamp", "A tent over a bed"]
    for each in pictures:
        assert [source["type"] for source in each.select("source")] == ["image/avif", "image/webp"]
        for offered in (*each.select("source"), each.img):
            assert offered["srcset"].count("w,") + 1 >= 2, "more than one width to choose from"
            assert offered["sizes"]
        assert each.img["loading"] == "lazy"
        width, height = int(each.img["width"]), int(each.img["height"])
        assert width / height == pytest.approx(1.6, abs=0.01)


def test_paper_gets_one_sharp_file(illustrated):
    from wagtail.models import Site

    copy = registry.manuscript(f"page:{illustrated.pk}")
    soup = BeautifulSoup(tasks.written(copy, False, Site.objects.get()), "html.parser")
    assert not soup.select("picture, [srcset]")
    assert [(each["alt"], int(each["width"]) >= 900) for each in soup.select("img")] == [
        ("A dim lamp", True),
        ("A tent over a bed", True),
    ]


def test_a_picture_without_words_for_it_is_refused(image):
    block = PictureBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"image": image.pk, "alt": "", "caption": ""}))
    assert "alt" in refused.value.block_errors
