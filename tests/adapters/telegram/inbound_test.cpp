#include "adapters/telegram/inbound.hpp"

#include <gtest/gtest.h>

#include "adapters/telegram/menu.hpp"
#include "core/commands/command.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::telegram {
namespace {

const Bot bot{123, "BriefBot"};
const WallTime now = from_ms(1'772'409'600'000);

std::optional<Incoming> read(const std::string& fields) {
    const auto update = parse_update("{\"update_id\":9," + fields + "}");
    if (!update) return std::nullopt;
    return incoming_from(*update, bot, now);
}

constexpr const char* ann =
    R"("from":{"id":42,"is_bot":false,"first_name":"Ann","last_name":"Lee","language_code":"pt-br"})";
constexpr const char* bob = R"("from":{"id":43,"is_bot":false,"first_name":"Bob"})";

std::string message(const std::string& chat, const std::string& text, const std::string& more = {},
                    const char* from = ann) {
    return R"("message":{"message_id":5,"date":1772400000,)" + std::string(from) + R"(,"chat":)" + chat +
           R"(,"text":")" + text + "\"" + more + "}";
}
constexpr const char* direct = R"({"id":42,"type":"private","first_name":"Ann"})";
constexpr const char* group = R"({"id":-7,"type":"group","title":"Team"})";
constexpr const char* forum = R"({"id":-1001,"type":"supergroup","title":"Forum","is_forum":true})";

std::string entity(const char* type, int offset, int length) {
    return R"(,"entities":[{"type":")" + std::string(type) + R"(","offset":)" + std::to_string(offset) +
           R"(,"length":)" + std::to_string(length) + "}]";
}

TEST(TelegramInbound, APrivateMessageIsSaidToUs) {
    const auto in = read(message(direct, "more on  chips"));
    ASSERT_TRUE(in);
    EXPECT_EQ(in->kind, Incoming::Kind::text);
    EXPECT_EQ(in->platform, "telegram");
    EXPECT_EQ(in->tenant, "");
    EXPECT_EQ(in->event_id, "u9");
    EXPECT_EQ(in->at, from_ms(1'772'400'000'000));
    EXPECT_EQ(in->from, (Account{"telegram", "", "42"}));
    EXPECT_EQ(in->where, (Destination{"telegram", "", "42", ""}));
    EXPECT_TRUE(in->direct);
    EXPECT_EQ(in->text, "more on chips");
    EXPECT_EQ(in->name, "Ann Lee");
    EXPECT_EQ(in->locale, "pt-BR");
    EXPECT_EQ(in->time_zone, "");
    EXPECT_EQ(in->may_manage, std::nullopt);
}

TEST(TelegramInbound, CommandsBecomeWhatCouldBeTyped) {
    const struct {
        const char* name;
        const char* chat;
        const char* text;
        int length;            // of the command
        const char* expected;  // nullptr: not ours
    } cases[] = {
        {"private", direct, "/more chip export controls", 5, "more chip export controls"},
        {"with our name", group, "/more@BriefBot topic", 14, "more topic"},
        {"in other letters", group, "/MORE@briefbot topic", 14, "MORE topic"},
        {"another bot's", group, "/more@OtherBot topic", 14, nullptr},
        {"another bot's, in private", direct, "/more@OtherBot topic", 14, nullptr},
        {"no name, ours", group, "/brief", 6, "brief"},
        {"no name, of who knows whom", group, "/weather", 8, nullptr},
        {"unknown in private", direct, "/weather today", 8, "weather today"},
        {"two words", direct, "/forget_me", 10, "forget me"},
    };
    for (const auto& c : cases) {
        const auto in = read(message(c.chat, c.text, entity("bot_command", 0, c.length)));
        EXPECT_EQ(in.has_value(), c.expected != nullptr) << c.name;
        if (!in || c.expected == nullptr) continue;
        EXPECT_EQ(in->text, std::string(c.expected)) << c.name;
    }
}

TEST(TelegramInbound, StartOpensTheConversationWithWhatTheLinkCarried) {
    const auto plain = read(message(direct, "/start", entity("bot_command", 0, 6)));
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->kind, Incoming::Kind::opened);
    EXPECT_EQ(plain->text, "");
    const auto linked = read(message(direct, "/start link-Ab_9", entity("bot_command", 0, 6)));
    EXPECT_EQ(linked->text, "link-Ab_9");
    const auto door = read(message(direct, "/start i_1a2b", entity("bot_command", 0, 6)));
    EXPECT_EQ(door->text, "i_1a2b");
    const auto in_group = read(message(group, "/start@BriefBot abc", entity("bot_command", 0, 15)));
    EXPECT_EQ(in_group->kind, Incoming::Kind::opened);
    EXPECT_EQ(in_group->text, "abc");
    EXPECT_FALSE(in_group->direct);
}

TEST(TelegramInbound, InAGroupOnlyWhatIsSaidToUsIsRead) {
    EXPECT_FALSE(read(message(group, "more on chips")));
    const auto mentioned = read(message(group, "@briefbot more on chips", entity("mention", 0, 9)));
    ASSERT_TRUE(mentioned);
    EXPECT_EQ(mentioned->text, "more on chips");
    EXPECT_EQ(mentioned->where.chat, "-7");
    EXPECT_FALSE(mentioned->direct);
    EXPECT_EQ(read(message(group, "ask @BriefBot, please", entity("mention", 4, 9)))->text, "ask , please");
    EXPECT_FALSE(read(message(group, "@OtherBot more", entity("mention", 0, 9))));
    // Offsets count UTF-16 units.
    EXPECT_EQ(read(message(group, "\U0001F600 @BriefBot why 1", entity("mention", 3, 9)))->text, "\U0001F600 why 1");

    const std::string to_us = R"(,"reply_to_message":{"message_id":4,"from":{"id":123,"is_bot":true}})";
    const auto reply = read(message(group, "why 1", to_us));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->message_ref, "4");
    const std::string to_others = R"(,"reply_to_message":{"message_id":4,"from":{"id":43,"is_bot":false}})";
    EXPECT_FALSE(read(message(group, "why 1", to_others)));
}

TEST(TelegramInbound, ATopicOfAForumIsAThread) {
    const std::string topic = R"(,"message_thread_id":5,"is_topic_message":true)";
    const auto in = read(message(forum, "/brief@BriefBot", topic + entity("bot_command", 0, 15)));
    ASSERT_TRUE(in);
    EXPECT_EQ(in->where, (Destination{"telegram", "", "-1001", "5"}));
    // Where there are no topics a thread is only a chain of replies.
    const auto chain = read(message(group, "/brief", R"(,"message_thread_id":5)" + entity("bot_command", 0, 6)));
    EXPECT_EQ(chain->where.thread, "");
    // We began the topic: what is said in it is no reply to us.
    const std::string ours = topic + R"(,"reply_to_message":{"message_id":5,"from":{"id":123,"is_bot":true}})";
    EXPECT_FALSE(read(message(forum, "hello all", ours)));
}

TEST(TelegramInbound, APressNamesItsMessage) {
    const auto in = read(R"("callback_query":{"id":"77",)" + std::string(bob) +
                         R"(,"message":{"message_id":8,"date":1,"chat":)" + group + R"(},"data":"more:2t"})");
    ASSERT_TRUE(in);
    EXPECT_EQ(in->kind, Incoming::Kind::button);
    EXPECT_EQ(in->action_data, "more:2t");
    EXPECT_EQ(in->message_ref, "8");
    EXPECT_EQ(in->where.chat, "-7");
    EXPECT_EQ(in->from.user, "43");
    EXPECT_EQ(in->at, now) << "presses do not say when they were made";
    // An InaccessibleMessage still has chat and id.
    EXPECT_TRUE(read(R"("callback_query":{"id":"77",)" + std::string(bob) +
                     R"(,"message":{"message_id":8,"date":0,"chat":)" + group + R"(},"data":"more:2t"})"));
    // Of an inline message, or of a game.
    EXPECT_FALSE(
        read(R"("callback_query":{"id":"77",)" + std::string(bob) + R"(,"inline_message_id":"x","data":"a"})"));
    EXPECT_FALSE(read(R"("callback_query":{"id":"77",)" + std::string(bob) +
                      R"(,"message":{"message_id":8,"date":1,"chat":)" + group + R"(},"game_short_name":"g"})"));
}

std::string member(const char* chat, const std::string& before, const std::string& after) {
    return R"("my_chat_member":{"chat":)" + std::string(chat) + R"(,"date":1772400000,)" + ann +
           R"(,"old_chat_member":)" + before + R"(,"new_chat_member":)" + after + "}";
}

TEST(TelegramInbound, WhereWeMayWriteChanges) {
    constexpr const char* in_channel = R"({"id":-1002,"type":"channel","title":"News"})";
    const std::string left = R"({"status":"left"})";
    const std::string is_member = R"({"status":"member"})";
    const std::string kicked = R"({"status":"kicked"})";
    const std::string admin = R"({"status":"administrator","can_post_messages":true})";
    const std::string mute_admin = R"({"status":"administrator","can_post_messages":false})";
    const std::string muted = R"({"status":"restricted","is_member":true,"can_send_messages":false})";
    const std::string restricted = R"({"status":"restricted","is_member":true,"can_send_messages":true})";
    using Kind = Incoming::Kind;
    const struct {
        const char* name;
        const char* chat;
        std::string before, after;
        std::optional<Kind> expected;
    } cases[] = {
        {"blocked", direct, is_member, kicked, Kind::blocked},
        {"unblocked", direct, kicked, is_member, Kind::unblocked},
        {"added", group, left, is_member, Kind::joined},
        {"added again after a kick", group, kicked, is_member, Kind::joined},
        {"promoted", group, is_member, admin, std::nullopt},
        {"removed", group, is_member, left, Kind::gone},
        {"kicked", group, admin, kicked, Kind::gone},
        {"silenced", group, is_member, muted, Kind::gone},
        {"silenced and removed", group, muted, left, Kind::gone},
        {"given its voice back", group, muted, is_member, Kind::unblocked},
        {"restricted, but may write", group, is_member, restricted, std::nullopt},
        {"into a channel", in_channel, left, admin, Kind::joined},
        {"no posting in a channel", in_channel, admin, mute_admin, Kind::gone},
        {"posting again", in_channel, mute_admin, admin, Kind::unblocked},
        {"no administrator any more", in_channel, admin, is_member, Kind::gone},
    };
    for (const auto& c : cases) {
        const auto in = read(member(c.chat, c.before, c.after));
        EXPECT_EQ(in.has_value(), c.expected.has_value()) << c.name;
        if (!in || !c.expected) continue;
        EXPECT_EQ(in->kind, *c.expected) << c.name;
    }
    EXPECT_EQ(read(member(group, left, is_member))->name, "Team");
    EXPECT_EQ(read(member(group, left, is_member))->from.user, "42");
}

// RELIABILITY 116: both sides of the move tell of it.
TEST(TelegramInbound, AGroupThatMovesSaysSoOnBothSides) {
    for (const auto& fields : {message(group, "", R"(,"migrate_to_chat_id":-1007)"),
                               message(R"({"id":-1007,"type":"supergroup"})", "", R"(,"migrate_from_chat_id":-7)")}) {
        const auto in = read(fields);
        ASSERT_TRUE(in);
        EXPECT_EQ(in->kind, Incoming::Kind::moved);
        EXPECT_EQ(in->where.chat, "-7");
        EXPECT_EQ(in->moved_to.chat, "-1007");
    }
}

TEST(TelegramInbound, OurOwnLeavingIsTheEnd) {
    EXPECT_EQ(read(message(group, "", R"(,"left_chat_member":{"id":123,"is_bot":true})"))->kind, Incoming::Kind::gone);
    EXPECT_FALSE(read(message(group, "", R"(,"left_chat_member":{"id":43,"is_bot":false})")));
}

TEST(TelegramInbound, ChannelsAndAnonymousAdministratorsAreNobodyInParticularButMayManage) {
    const auto post = read(
        R"("channel_post":{"message_id":3,"date":1772400000,"chat":{"id":-1002,"type":"channel"},"sender_chat":{"id":-1002,"type":"channel"},"text":"/settings@BriefBot")" +
        entity("bot_command", 0, 18) + "}");
    ASSERT_TRUE(post);
    EXPECT_EQ(post->from.user, "");
    EXPECT_EQ(post->may_manage, true);
    constexpr const char* as_group = R"("from":{"id":1087968824,"is_bot":true},"sender_chat":{"id":-7,"type":"group"})";
    const auto anonymous = read(message(group, "/settings", entity("bot_command", 0, 9), as_group));
    ASSERT_TRUE(anonymous);
    EXPECT_EQ(anonymous->from.user, "");
    EXPECT_EQ(anonymous->may_manage, true);
    constexpr const char* as_channel =
        R"("from":{"id":136817688,"is_bot":true},"sender_chat":{"id":-1009,"type":"channel"})";
    EXPECT_EQ(read(message(group, "/settings", entity("bot_command", 0, 9), as_channel))->may_manage, false);
}

TEST(TelegramInbound, EditsOtherBotsAndWhatIsNoTextAreIgnored) {
    const std::string said = message(direct, "brief");
    EXPECT_FALSE(read("\"edited_message\"" + said.substr(said.find(':'))));
    EXPECT_FALSE(read(message(direct, "brief", "", R"("from":{"id":9,"is_bot":true})")));
    EXPECT_FALSE(read(message(direct, "")));
    EXPECT_FALSE(read(message(group, "/brief", R"(,"is_automatic_forward":true)" + entity("bot_command", 0, 6))));
    EXPECT_FALSE(read(R"("poll":{"id":"1"})"));
}

TEST(TelegramInbound, WhatIsReadIsBounded) {
    std::string lengthy;
    for (int i = 0; i < 4'000; ++i) lengthy += "\u00fc";
    const auto in = read(message(direct, lengthy));
    EXPECT_EQ(text::code_point_count(in->text), 2'000U);
    const auto strange = read(
        message(direct, "x", R"(,"entities":[{"type":"mention","offset":-5,"length":999999999999},7,{"type":4}])"));
    EXPECT_EQ(strange->text, "x");
    EXPECT_FALSE(read(message(R"({"id":"42","type":"private"})", "x"))) << "an id of another type is none";
}

// RELIABILITY 90.
TEST(TelegramInbound, BrokenJsonIsNothing) {
    for (const std::string& json :
         {std::string(), std::string("{"), std::string("[]"), std::string("7"), std::string("{\"update_id\":\"7\"}"),
          std::string("{\"update_id\":1.5}"), std::string("{\"update_id\":-1}"), std::string("{}"),
          std::string("{\"update_id\":1,\"a\":\"\xFF\"}"),
          "{\"update_id\":1,\"message\":" + std::string(100'000, '[') + "}",
          std::string("{\"update_id\":99999999999999999999}"), std::string("{\"update_id\":1}\0", 16)}) {
        EXPECT_FALSE(parse_update(json)) << json.substr(0, 60);
    }
    EXPECT_TRUE(parse_update(R"({"update_id":1,"update_id":2,"new_field":{"x":[]}})"));
}

TEST(TelegramInbound, RightsMatterOnlyToWhatChangesAGroup) {
    const auto wants = [](Incoming::Kind kind, const std::string& text, bool is_direct = false) {
        Incoming in;
        in.kind = kind;
        in.from = {"telegram", "", "42"};
        in.direct = is_direct;
        (kind == Incoming::Kind::button ? in.action_data : in.text) = text;
        return needs_rights(in);
    };
    using Kind = Incoming::Kind;
    EXPECT_TRUE(wants(Kind::text, "follow chips"));
    EXPECT_TRUE(wants(Kind::text, "at 8:00"));
    EXPECT_TRUE(wants(Kind::opened, ""));
    EXPECT_TRUE(wants(Kind::joined, ""));
    EXPECT_TRUE(wants(Kind::button, "choose:hour:8"));
    EXPECT_TRUE(wants(Kind::button, "mute:2t"));
    EXPECT_TRUE(wants(Kind::button, "say:pause"));
    EXPECT_FALSE(wants(Kind::text, "more on chips"));
    EXPECT_FALSE(wants(Kind::text, "why 1"));
    EXPECT_FALSE(wants(Kind::button, "more:2t"));
    EXPECT_FALSE(wants(Kind::button, "nonsense"));
    EXPECT_FALSE(wants(Kind::text, "follow chips", true));
}

TEST(TelegramMenu, OffersWhatTheGrammarKnowsInEveryLanguage) {
    ASSERT_GE(menu_languages().size(), 2U);
    EXPECT_EQ(menu_languages().front().code, "");
    for (const MenuLanguage& language : menu_languages()) {
        EXPECT_EQ(language.entries.size(), menu_languages().front().entries.size());
        EXPECT_LE(text::code_point_count(language.description), 512U);
        EXPECT_LE(text::code_point_count(language.short_description), 120U);
        for (const MenuEntry& entry : language.entries) {
            EXPECT_FALSE(entry.description.empty()) << language.code << entry.command;
            EXPECT_LE(text::code_point_count(entry.description), 256U);
            EXPECT_TRUE(is_in_menu(entry.command));
            std::string typed(entry.command);
            std::replace(typed.begin(), typed.end(), '_', ' ');
            // Some want something after them.
            const auto bare = commands::parse_command(typed);
            const auto understood = [](const commands::Command& command) {
                return command.verb != commands::Verb::unknown && !command.bare;
            };
            const bool known = understood(bare) || understood(commands::parse_command(typed + " 1")) ||
                               understood(commands::parse_command(typed + " Europe/Berlin"));
            EXPECT_TRUE(known) << entry.command;
        }
    }
}

}  // namespace
}  // namespace podbrief::telegram
