#include "adapters/discord/verify.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/crypto/signatures.hpp"
#include "core/ports/random.hpp"

namespace podbrief::discord {
namespace {

constexpr const char* key = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
constexpr const char* body_1 =
    R"({"version":1,"type":1,"token":"aW50ZXJhY3Rpb24","id":"1234567890123456789","application_id":"9876543210987654321"})";
constexpr const char* signature_1 =
    "42e6eea516c969fd86fa814c9997096eec65613ca0c6f0f1e8ab08d3c392e579"
    "c5e97b001f33c55dc4a9a32c2b2e1fe38cd5678f1da43ed35e62429dfe284101";
constexpr const char* body_2 =
    R"({"type":2,"token":"t","id":"1","application_id":"2","version":1,"data":{"id":"3","name":"brief","type":1,"options":[{"name":"topic","type":3,"value":"chip export controls — 芯片"}]}})";
constexpr const char* signature_2 =
    "4200e4eaec7a8c8c98140d86616260721cc88718f72061a9e55ed8994aa3d49b"
    "387723e3634fe113ee119a91940cf786a338e9ea647384bdb15a8c580782710e";
const WallTime now{std::chrono::seconds{1'767'225'600}};

std::vector<HttpHeader> headers_of(const std::string& signature, const std::string& timestamp = "1767225600") {
    return {{"X-Signature-Ed25519", signature}, {"x-signature-timestamp", timestamp}};
}
Signature check(const std::vector<HttpHeader>& headers, const std::string& body, WallTime at = now) {
    return check_signature({key}, headers, body, at);
}

TEST(DiscordSignature, TakesTheWorkedExamples) {
    EXPECT_EQ(check(headers_of(signature_1), body_1), Signature::good);
    EXPECT_EQ(check(headers_of(signature_2), body_2), Signature::good);
}

TEST(DiscordSignature, RefusesWhatWasChanged) {
    const std::string body = body_1;
    EXPECT_EQ(check(headers_of(signature_1), body + " "), Signature::bad);
    EXPECT_EQ(check(headers_of(signature_1, "1767225601"), body), Signature::bad);
    EXPECT_EQ(check(headers_of(signature_2), body), Signature::bad);
    EXPECT_EQ(check(headers_of(std::string(signature_1).substr(2)), body), Signature::bad);
    EXPECT_EQ(check(headers_of(std::string(signature_1) + "00"), body), Signature::bad);
    EXPECT_EQ(check(headers_of(""), body), Signature::bad);
    EXPECT_EQ(check(headers_of(std::string(127, 'a') + "g"), body), Signature::bad);
    EXPECT_EQ(check(headers_of(signature_1), ""), Signature::bad);
}

// RELIABILITY row 85.
TEST(DiscordSignature, RefusesEveryFlippedBitOfSignatureAndBody) {
    const auto signature = *crypto::from_hex(signature_1);
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        std::string flipped = signature;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        ASSERT_EQ(check(headers_of(crypto::to_hex(flipped)), body_1), Signature::bad) << bit;
    }
    const std::string body = body_1;
    for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
        std::string flipped = body;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        ASSERT_EQ(check(headers_of(signature_1), flipped), Signature::bad) << bit;
    }
}

TEST(DiscordSignature, RefusesMissingAndDoubledHeaders) {
    EXPECT_EQ(check({}, body_1), Signature::missing);
    EXPECT_EQ(check({{"X-Signature-Ed25519", signature_1}}, body_1), Signature::missing);
    auto twice = headers_of(signature_1);
    twice.push_back({"X-SIGNATURE-ED25519", signature_1});
    EXPECT_EQ(check(twice, body_1), Signature::missing);
    twice = headers_of(signature_1);
    twice.push_back({"X-Signature-Timestamp", "1767225600"});
    EXPECT_EQ(check(twice, body_1), Signature::missing);
}

// RELIABILITY row 87.
TEST(DiscordSignature, RefusesTimesThatAreNotNow) {
    EXPECT_EQ(check(headers_of(signature_1), body_1, now + Millis{300'000}), Signature::good);
    EXPECT_EQ(check(headers_of(signature_1), body_1, now - Millis{300'000}), Signature::good);
    EXPECT_EQ(check(headers_of(signature_1), body_1, now + Millis{301'000}), Signature::stale);
    EXPECT_EQ(check(headers_of(signature_1), body_1, now - Millis{301'000}), Signature::stale);
    for (const char* timestamp : {"", "now", "-1767225600", "1767225600.5", " 1767225600", "99999999999999999999",
                                  "0x69560580", "+1767225600"}) {
        EXPECT_EQ(check(headers_of(signature_1, timestamp), body_1), Signature::stale) << timestamp;
    }
}

// RELIABILITY row 97.
TEST(DiscordSignature, TakesOldAndNewKeyWhileTheyChange) {
    const std::string seed(32, 'n');
    const std::string next = crypto::to_hex(crypto::ed25519_public_key(seed));
    const auto by_next = headers_of(crypto::to_hex(crypto::ed25519_sign(seed, std::string("1767225600") + body_1)));
    EXPECT_EQ(check_signature({key, next}, headers_of(signature_1), body_1, now), Signature::good);
    EXPECT_EQ(check_signature({key, next}, by_next, body_1, now), Signature::good);
    EXPECT_EQ(check_signature({next}, headers_of(signature_1), body_1, now), Signature::bad);
    EXPECT_EQ(check_signature({next}, by_next, body_1, now), Signature::good);
    EXPECT_EQ(check_signature({}, by_next, body_1, now), Signature::bad);
    EXPECT_EQ(check_signature({"no key", next.substr(2)}, by_next, body_1, now), Signature::bad);
}

// RELIABILITY row 85, G9: a part of the million (a check takes a tenth of a millisecond); PODBRIEF_FORGERIES for all.
TEST(DiscordSignature, RefusesForgeries) {
    const char* configured = std::getenv("PODBRIEF_FORGERIES");
    const long count = configured != nullptr ? std::atol(configured) : 2'000;
    Random random(1);
    long accepted = 0;
    const auto change = [&](std::string& text) {
        const auto place = random.below(text.size());
        text[place] = static_cast<char>(text[place] ^ static_cast<char>(1 + random.below(255)));
    };
    for (long i = 0; i < count; ++i) {
        std::string body = body_1;
        std::string at = "1767225600";
        std::string signature = *crypto::from_hex(signature_1);
        switch (random.below(4)) {
            case 0:
                for (char& byte : signature) byte = static_cast<char>(random.below(256));
                break;
            case 1:
                change(signature);
                break;
            case 2:
                change(body);
                break;
            default:
                change(at);
                break;
        }
        accepted += check(headers_of(crypto::to_hex(signature), at), body) == Signature::good ? 1 : 0;
    }
    EXPECT_EQ(accepted, 0);
}

}  // namespace
}  // namespace podbrief::discord
