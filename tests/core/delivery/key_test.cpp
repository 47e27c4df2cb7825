#include "core/delivery/key.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace podbrief::delivery {
namespace {

const Destination there{"slack", "T1", "C1", "171.2"};

TEST(Key, IsBase32OfTheNaturalKeysDigestSoThatEveryVersionMakesTheSame) {
    // hashlib.sha256(b"brief\n7\n3\nslack\nT1\nC1\n171.2\n1"), base64.b32encode, lower case, 24 characters.
    EXPECT_EQ(brief_key(ReaderId{7}, 3, there, 1), "ab72f5xckaefkupekexsbu3t");
    EXPECT_EQ(correction_key("abc", InsightId{5}), "64jf325qvsglzcrqfgc5we5f");
    EXPECT_EQ(reply_key("telegram", "bot", "991", 1), "5almcu5wtjcjtm3ccjaqdoek");
}

TEST(Key, IsShortAndPlainEnoughForEveryPlatform) {
    for (int part = 1; part < 1'000; ++part) {
        const std::string key = brief_key(ReaderId{1}, 1, there, part);
        ASSERT_EQ(key.size(), 24u);
        ASSERT_EQ(key.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos) << key;
    }
}

TEST(Key, DiffersByEveryPartOfTheNaturalKey) {
    std::vector<std::string> keys = {
        brief_key(ReaderId{1}, 1, there, 1),
        brief_key(ReaderId{2}, 1, there, 1),
        brief_key(ReaderId{1}, 2, there, 1),
        brief_key(ReaderId{1}, 1, {"discord", "T1", "C1", "171.2"}, 1),
        brief_key(ReaderId{1}, 1, {"slack", "T2", "C1", "171.2"}, 1),
        brief_key(ReaderId{1}, 1, {"slack", "T1", "C2", "171.2"}, 1),
        brief_key(ReaderId{1}, 1, {"slack", "T1", "C1", "171.3"}, 1),
        brief_key(ReaderId{1}, 1, {"slack", "T1", "C1", ""}, 1),
        brief_key(ReaderId{1}, 1, there, 2),
        correction_key("k1", InsightId{1}),
        correction_key("k2", InsightId{1}),
        correction_key("k1", InsightId{2}),
        reply_key("slack", "T1", "e1", 1),
        reply_key("discord", "T1", "e1", 1),
        reply_key("slack", "T2", "e1", 1),
        reply_key("slack", "T1", "e2", 1),
        reply_key("slack", "T1", "e1", 2),
        // Parts do not run into each other.
        brief_key(ReaderId{1}, 11, {"slack", "T", "1C1", ""}, 1),
        brief_key(ReaderId{11}, 1, {"slack", "T1", "C1", ""}, 1),
        reply_key("slack", "T", "1e1", 1),
        reply_key("slack", "T1e", "1", 1),
    };
    EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), keys.size());
}

TEST(Key, OfAHundredThousandBriefsIsNeverTheSame) {
    std::set<std::string> keys;
    for (int reader = 1; reader <= 1'000; ++reader) {
        for (int sequence = 1; sequence <= 50; ++sequence) {
            for (int part = 1; part <= 2; ++part) keys.insert(brief_key(ReaderId{reader}, sequence, there, part));
        }
    }
    EXPECT_EQ(keys.size(), 100'000u);
}

}  // namespace
}  // namespace podbrief::delivery
