package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
    @Test
    void a_text_is_never_markup() {
        assertEquals(
                "<!DOCTYPE html>\n<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;amp; &#39;</p>\n",
                new Html().element("p", "<script>alert(\"x\")</script> &amp; '").toString());
    }

    @Test
    void an_attribute_never_ends_early() {
        assertEquals(
                "<!DOCTYPE html><a href=\"&quot; onclick=&quot;x&#39;&gt;\"></a>\n",
                new Html().element("a", "", "href", "\" onclick=\"x'>").toString());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x08, 0x0D, 0x1B, 0x7F, 0x85, 0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0xFFFE,
                0xFFFF
            })
    void what_would_show_another_text_than_there_is_is_shown_as_such(int character) {
        assertEquals(
                "<!DOCTYPE html><b>a\uFFFDb</b>\n",
                new Html().element("b", "a" + (char) character + "b").toString());
    }

    /** Soft hyphen, blanks and joiners without width, a mark of byte order, a tag: two names may differ by nothing else. */
    @ParameterizedTest
    @ValueSource(ints = {0x00AD, 0x180E, 0x200B, 0x2060, 0x2064, 0xFEFF, 0xE0041})
    void what_nobody_sees_is_shown_as_such(int character) {
        assertEquals(
                "<!DOCTYPE html><b>a\uFFFDb</b>\n",
                new Html()
                        .element("b", "a" + Character.toString(character) + "b")
                        .toString());
    }

    @Test
    void other_texts_stay_as_they_are() {
        assertEquals(
                "<!DOCTYPE html><b>größer\n\t数据 😀</b>\n",
                new Html().element("b", "größer\n\t数据 😀").toString());
    }

    @Test
    void a_document_that_is_not_closed_is_a_defect() {
        assertThrows(IllegalStateException.class, () -> new Html().open("p").toString());
    }
}
