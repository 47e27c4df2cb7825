#include "adapters/web/card.hpp"

#include <gmock/gmock.h>

namespace podbrief::web {
namespace {

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

// Width and height as the file says them.
std::pair<int, int> size_of(const std::string& png) {
    const auto number = [&](std::size_t at) {
        int value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value * 256 + static_cast<unsigned char>(png.at(at + i));
        return value;
    };
    return {number(16), number(20)};
}

TEST(InsightCardPicture, AClaimOfAnyLengthAndScriptFits) {
    const std::string claims[] = {
        "Short.",
        "Export controls on advanced chips backfired: they pushed Chinese firms to build their own chip industry.",
        repeated("several words ", 25),
        repeated("many many words ", 400),
        repeated("unbreakable", 300),
        repeated("W", 350),
        "هذا نص عربي طويل يقول شيئا مهما عن الرقائق الإلكترونية والذكاء الاصطناعي في عام 2026.",
        repeated("טקסט בעברית with English words 42 ", 30),
        repeated("👩‍👩‍👧‍👦🇩🇪👍🏽", 60),
        repeated("日本語の文章", 60),
        repeated("e\xCC\x81\xCC\x82\xCC\x83", 400),
        "<b>no</b> & <markup/>",
        "\xFF\xFE not UTF-8 \xC3",
        repeated("line\n\n\n", 100),
        "",
    };
    for (const std::string& claim : claims) {
        const ClaimFit fit = fit_of(claim);
        EXPECT_LE(fit.height, 310) << claim.substr(0, 40);
        EXPECT_GE(fit.font_size, 30);
        CardText text;
        text.claim = claim;
        text.who = claim;
        text.below = "5 Nov 2025";
        EXPECT_EQ(size_of(draw_card(text)), std::make_pair(1200, 630)) << claim.substr(0, 40);
    }
}

TEST(InsightCardPicture, ShortClaimsAreLargeAndOnlyWhatCannotFitIsCut) {
    EXPECT_GT(fit_of("Short.").font_size, fit_of(repeated("several words ", 25)).font_size);
    EXPECT_FALSE(fit_of(repeated("a claim of 350 letters ", 15)).cut) << "no claim is longer than that";
    EXPECT_TRUE(fit_of(repeated("many many words ", 400)).cut);
}

TEST(InsightCardPicture, SaysTheSameForTheSameText) {
    CardText text;
    text.claim = "A claim.";
    text.who = "Jane Doe on Go Time";
    EXPECT_EQ(draw_card(text), draw_card(text));
    CardText other = text;
    other.claim = "Another claim.";
    EXPECT_NE(draw_card(text), draw_card(other));
}

}  // namespace
}  // namespace podbrief::web
