#include "core/services/private_pages.hpp"

#include <gtest/gtest.h>

#include "tests/core/services/chat_library.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class PrivatePagesTest : public ::testing::Test {
protected:
    std::string address_in(const Reply& reply) {
        for (const ReplyBlock& block : reply.blocks) {
            if (const auto* choices = std::get_if<Choices>(&block)) return choices->choices.front().link;
        }
        return {};
    }
    Reply say(const std::string& what, const std::string& happening = {}) {
        return library.get(pages.answer(anna.id, what, happening));
    }
    bool is_good(const std::string& address) {
        return library.get(library.store.page(services::hash_of_key(address.substr(address.rfind('/') + 1)))) ==
               anna.id;
    }

    ChatLibrary library;
    std::string site = "https://brief.example.org";
    services::PrivatePages pages{library.store, library.store, library.clock, [this] { return site; }};
    Reader anna = library.reader("anna");
};

TEST_F(PrivatePagesTest, AKeyHas128BitsAndNoTwoAreTheSame) {
    std::set<std::string> keys;
    for (int i = 0; i < 1'000; ++i) keys.insert(services::make_key());
    EXPECT_EQ(keys.size(), 1'000U);
    for (const std::string& key : keys) EXPECT_TRUE(services::is_key(key)) << key;
    for (const char* wrong :
         {"", "a", "annaannaannaannaannaannaa", "annaannaannaannaannaannaanx", "annaannaannaannaannaanna1n",
          "Annaannaannaannaannaannaan", "annaannaannaannaannaanna/n"}) {
        EXPECT_FALSE(services::is_key(wrong)) << wrong;
    }
}

TEST_F(PrivatePagesTest, AskedAgainAnotherAddressIsGivenAndTheFirstStaysGood) {
    const std::string first = address_in(say(""));
    EXPECT_TRUE(first.starts_with("https://brief.example.org/b/"));
    const std::string second = address_in(say(""));
    EXPECT_NE(first, second);
    EXPECT_TRUE(is_good(first));
    EXPECT_TRUE(is_good(second));
}

TEST_F(PrivatePagesTest, NewEndsTheOthersAndOffAll) {
    const std::string first = address_in(say(""));
    const std::string second = address_in(say("new"));
    EXPECT_FALSE(is_good(first));
    EXPECT_TRUE(is_good(second));
    say("off");
    EXPECT_FALSE(is_good(second));
}

TEST_F(PrivatePagesTest, WhatIsCarriedOutAgainAfterACrashGivesTheSameAddress) {
    const std::string first = address_in(say("new", "telegram u17"));
    const std::string again = address_in(say("new", "telegram u17"));
    EXPECT_EQ(first, again);
    EXPECT_TRUE(is_good(first));
    EXPECT_NE(first, address_in(say("new", "telegram u18")));
}

TEST_F(PrivatePagesTest, WithoutASiteThereIsNoPage) {
    site.clear();
    EXPECT_EQ(address_in(say("")), "");
    EXPECT_EQ(library.get(library.store.pages(anna.id)), 0);
}

TEST_F(PrivatePagesTest, AReaderAsksForItInWords) {
    services::Responder responder(library.store, library.store, library.search, library.composer, library.clock,
                                  nullptr);
    EXPECT_EQ(address_in(library.get(responder.answer(anna, "test:anna", "page"))), "") << "nobody gives them out";
    responder.use(pages);
    const std::string address = address_in(library.get(responder.answer(anna, "test:anna", "my page please")));
    EXPECT_TRUE(is_good(address));
    library.get(responder.answer(anna, "test:anna", "page off"));
    EXPECT_FALSE(is_good(address));
}

}  // namespace
}  // namespace podbrief::testing
