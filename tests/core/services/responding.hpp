#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/core/services/chat_library.hpp"

namespace podbrief::testing {

// Anna asks, in a library that holds the sample.
class Responding : public ::testing::Test {
protected:
    Responding() { library.add_sample(); }

    Reply ask(const std::string& text) { return library.ask("anna", text); }

    std::vector<InsightCard> cards(const std::string& text) {
        std::vector<InsightCard> cards;
        const Reply reply = ask(text);
        for (const ReplyBlock& block : reply.blocks) {
            if (const auto* card = std::get_if<InsightCard>(&block)) cards.push_back(*card);
        }
        return cards;
    }

    std::string words(const std::string& text) {
        std::string words;
        const Reply reply = ask(text);
        for (const ReplyBlock& block : reply.blocks) {
            if (const auto* one = std::get_if<Paragraph>(&block)) words += one->text + "\n";
        }
        return words;
    }

    Reader anna() { return library.reader("anna"); }

    ChatLibrary library;
};

}  // namespace podbrief::testing
