#include "core/text/html.hpp"

#include <gtest/gtest.h>

#include <random>

#include "core/text/unicode.hpp"

namespace podbrief::text {
namespace {

TEST(HtmlToText, KeepsWhatAPersonWouldRead) {
    const struct {
        const char* name;
        const char* html;
        const char* expected;
    } cases[] = {
        {"nothing", "", ""},
        {"plain text", "Just  words,\tno markup.", "Just words, no markup."},
        {"plain text keeps its lines", "One.\r\n\r\n  Two.\n", "One.\nTwo."},
        {"plain text may hold signs", "a < b && c > d, AT&T", "a < b && c > d, AT&T"},
        {"references without tags", "Tom &amp; Jerry&#8217;s", "Tom & Jerry\u2019s"},
        {"references are decoded once", "<p>&amp;lt;b&amp;gt;</p>", "&lt;b&gt;"},
        {"paragraphs", "<p>One.</p><p>Two <b>bold</b>\n words.</p>", "One.\nTwo bold words."},
        {"line breaks", "One<br>two<br/>three", "One\ntwo\nthree"},
        {"inline elements do not break words", "un<b>believ</b>able", "unbelievable"},
        {"lists", "<ul><li>One</li><li><a href=\"http://example.com/?a=1&b=2\">Two</a></li></ul>", "One\nTwo"},
        {"scripts, styles and heads are left out",
         "<html><head><title>T</title><style>p{}</style></head><body><script>var a = '<p>no</p>';</script>Yes<!-- no "
         "--></body></html>",
         "Yes"},
        {"no-break spaces fold", "<p>a&nbsp;&nbsp;b</p>", "a b"},
        {"unclosed and misnested", "<p>One <b>two <i>three</b> four</i><p>Five", "One two three four\nFive"},
        {"preformatted text keeps its lines", "<pre>one\ntwo</pre>", "one\ntwo"},
        {"a declared charset does not change UTF-8",
         "<html><head><meta charset=\"iso-8859-1\"></head><body>\u00e9t\u00e9</body></html>", "\u00e9t\u00e9"},
        {"unknown elements keep their text", "<cite>Ann:</cite> <time>0:09</time> <p>Hi.</p>", "Ann: 0:09\nHi."},
        {"entities of a document type are not expanded",
         "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><p>[&a;]</p>", "]>\n[&a;]"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(html_to_text(c.html), c.expected);
    }
}

TEST(HtmlToText, SurvivesDeepNestingAndKeepsWhatCameBefore) {
    std::string deep = "<p>Before.</p>";
    for (int i = 0; i < 200'000; ++i) deep += "<div><span>";
    deep += "beyond";
    EXPECT_EQ(html_to_text(deep), "Before.");
}

TEST(HtmlToText, DropsTagsWithThousandsOfAttributesAndReadsOn) {
    std::string html = "<p>Before.</p><a ";
    while (html.size() < 4'000'000) html += "a" + std::to_string(html.size()) + " ";
    html += ">between</a><script>if (a<b) { s = '<p>no</p>'; }</script><!-- <a b> --><p>After.</p>";
    EXPECT_EQ(html_to_text(html), "Before.\nbetween\nAfter.");
}

TEST(HtmlToText, LeavesOutWhatLiesBeyondTheSizeLimit) {
    std::string big = "<p>";
    big.append(20'000'000, 'a');
    big += "</p><p>beyond</p>";
    const std::string text = html_to_text(big);
    EXPECT_LE(text.size(), 8u * 1024 * 1024);
    EXPECT_EQ(text.find("beyond"), std::string::npos);
}

TEST(HtmlToText, GivesValidTextWhateverTheBytes) {
    std::mt19937 random(7);
    static constexpr std::string_view pieces[] = {"<p>",        "</p>",      "<b",       ">",     "&",        "&amp;",
                                                  "&#x110000;", "\xff",      "\xe2\x82", "<!--",  "-->",      "<br/",
                                                  "\0",         "<a href='", "\"",       "text ", "<script>", "]]>"};
    for (int round = 0; round < 2000; ++round) {
        std::string html;
        for (int i = 0; i < 30; ++i) html += pieces[random() % std::size(pieces)];
        EXPECT_TRUE(is_valid_utf8(html_to_text(html))) << html;
    }
}

TEST(DecodeReferences, ReadsNamesAndNumbersOnce) {
    const struct {
        const char* text;
        const char* expected;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"&amp;lt;", "&lt;"},
        {"&lt;v Ann&gt;", "<v Ann>"},
        {"caf&eacute; &mdash; &hellip;&rsquo;&nbsp;x", "caf\u00e9 \u2014 \u2026\u2019\u00a0x"},
        {"&apos;&quot;&AMP;&lrm;&rlm;", "'\"&\u200e\u200f"},
        {"&#39;&#x27;&#X1F600;", "''\U0001F600"},
        {"&#146;&#150;", "\u2019\u2013"},
        {"&#8217 s", "\u2019 s"},
        {"&#0;&#xD800;&#99999999999;", "\ufffd\ufffd\ufffd"},
        {"&amp and &lt", "& and <"},
        {"&ampere; &unknown; &; &# &#x; & &", "&ampere; &unknown; &; &# &#x; & &"},
        {"?a=1&copy=2", "?a=1&copy=2"},
        {"&thetasym;&CounterClockwiseContourIntegral;", "\u03d1&CounterClockwiseContourIntegral;"},
    };
    for (const auto& c : cases) EXPECT_EQ(decode_references(c.text), c.expected) << c.text;
}

}  // namespace
}  // namespace podbrief::text
