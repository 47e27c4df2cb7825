#include "adapters/web/templates.hpp"

#include <gmock/gmock.h>

#include "adapters/web/embedded_files.hpp"

namespace podbrief::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Templates, TextsAreEscapedWhereTheyAreShown) {
    Templates templates;
    View view;
    view.set("heading", R"(<script>alert("x & 'y'")</script>)").set("message", "").set("query", "\" autofocus");
    const std::string html = templates.render("not_found", view);
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&quot;x &amp; &apos;y&apos;&quot;)&lt;/script&gt;"));
    EXPECT_THAT(html, HasSubstr("value=\"&quot; autofocus\""));
    EXPECT_THAT(html, Not(HasSubstr("<script")));
}

TEST(Templates, EveryFileOfTheFolderIsAPartOfTheProgram) {
    EXPECT_THAT(embedded("style.css"), HasSubstr("prefers-color-scheme"));
    EXPECT_THAT(embedded("layout.mustache"), HasSubstr("<!doctype html>"));
    EXPECT_THROW(embedded("nothing.css"), std::logic_error);
}

TEST(Templates, ANameThatIsMissingIsAMistakeOfOurs) {
    Templates templates;
    EXPECT_THROW(templates.render("nothing", View()), std::logic_error);
}

TEST(View, WhatIsSetAgainIsReplaced) {
    Templates templates;
    View view;
    view.set("heading", "one").set("heading", "two").set("message", "").set("query", "");
    const std::string html = templates.render("not_found", view);
    EXPECT_THAT(html, HasSubstr("two"));
    EXPECT_THAT(html, Not(HasSubstr("one")));
}

}  // namespace
}  // namespace podbrief::web
