#include "adapters/doubles/telegram_server.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <nlohmann/json.hpp>

#include "core/async/task_scope.hpp"
#include "tests/doubles/model/http_bridge.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::doubles {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

class TelegramServerTest : public ::testing::Test {
public:
    TelegramServerTest() {
        server.add_person({42, "Ann", "ann"});
        server.add_person({43, "Bob", "bob"});
        server.add_chat(-7, telegram::ChatKind::group, "Team", 42);
        server.add_member(-7, 43);
    }
    ~TelegramServerTest() override {
        settle();
        asio::post(context, [this] { tasks.request_stop(); });
        settle();
    }

    static ServerRequest request(const std::string& method, const std::string& body) {
        ServerRequest out;
        out.method = "POST";
        out.target = "/bot1:A/" + method;
        out.headers = {{"Content-Type", "application/json"}};
        out.body = body;
        return out;
    }
    Json answer(const ServerRequest& asked) {
        const auto out = server.answer(asked, Call(clock.wall_now()));
        Json json = Json::parse(out.response.body);
        EXPECT_EQ(json.value("error_code", 200), out.response.status);
        return json;
    }
    Json call(const std::string& method, const Json& fields = Json::object()) {
        return answer(request(method, fields.dump()));
    }
    std::string refusal(const std::string& method, const Json& fields) {
        const Json out = call(method, fields);
        return out["ok"].get<bool>() ? "" : out["description"].get<std::string>();
    }
    // A long poll in the background; its answer, once there.
    std::shared_ptr<Json> poll(const Json& fields) {
        auto out = std::make_shared<Json>();
        auto wait = [](TelegramServerTest& test, ServerRequest asked,
                       std::shared_ptr<Json> into) -> asio::awaitable<void> {
            co_await test.server.ready(asked);
            *into = test.answer(asked);
        };
        tasks.spawn("poll", wait(*this, request("getUpdates", fields.dump()), out));
        settle();
        return out;
    }
    void settle() {
        context.restart();
        context.poll();
    }
    void pass(Millis time) {
        const SteadyTime end = clock.steady_now() + time;
        settle();
        while (clock.next_due() && *clock.next_due() <= end) {
            clock.advance_to_next();
            settle();
        }
        clock.advance(std::chrono::duration_cast<Millis>(end - clock.steady_now()));
        settle();
    }

    asio::io_context context{1};
    testing::ManualClock clock;
    TelegramModel model;
    TelegramServer server{model, clock, {"1:A", "BriefBot", "Brief", true}};
    TaskScope tasks{context.get_executor(),
                    [](const std::string&, std::exception_ptr failure) { EXPECT_FALSE(failure); }};
};

TEST_F(TelegramServerTest, KnowsItsTokenAndItsMethods) {
    EXPECT_EQ(call("getMe")["result"]["username"], "BriefBot");
    EXPECT_EQ(call("GETME")["result"]["id"], 1);
    auto wrong = request("getMe", "{}");
    wrong.target = "/bot1:B/getMe";
    EXPECT_EQ(answer(wrong)["error_code"], 401);
    wrong.target = "/getMe";
    EXPECT_EQ(answer(wrong)["error_code"], 404);
    EXPECT_EQ(call("noSuchMethod")["error_code"], 404);
    EXPECT_EQ(answer(request("getMe", "{"))["error_code"], 400);
    model.revoke({}, clock.wall_now());
    EXPECT_EQ(call("getMe")["error_code"], 401);
}

TEST_F(TelegramServerTest, TakesParametersFromQueryFormAndJson) {
    auto form = request("sendMessage",
                        "chat_id=42&text=hello%20there&reply_markup=" +
                            to_form({{"", R"({"inline_keyboard":[[{"text":"A","callback_data":"a"}]]})"}}).substr(1));
    form.headers[0].value = "application/x-www-form-urlencoded";
    EXPECT_EQ(answer(form)["result"]["text"], "hello there");
    ServerRequest query;
    query.method = "GET";
    query.target = "/bot1:A/sendMessage?chat_id=42&text=again";
    EXPECT_EQ(answer(query)["result"]["message_id"], 2);
    EXPECT_EQ(server.transcript(42), "Brief: hello there\n  [A]\n\nBrief: again\n");
}

TEST_F(TelegramServerTest, RefusesWhatTelegramRefusesOrPassesOver) {
    const Json good{{"chat_id", 42}, {"text", "x\U0001F600y"}};
    const auto with = [&](const char* name, const Json& value) {
        Json out = good;
        out[name] = value;
        return refusal("sendMessage", out);
    };
    const auto keyboard = [&](const Json& button) {
        return with("reply_markup", Json{{"inline_keyboard", Json::array({Json::array({button})})}});
    };
    EXPECT_EQ(refusal("sendMessage", Json{{"chat_id", 42}}), "Bad Request: parameter \"text\" is required");
    EXPECT_NE(with("chat_id", "42"), "");
    EXPECT_NE(with("no_such", 1), "");
    EXPECT_NE(with("disable_notification", "yes"), "");
    EXPECT_NE(with("text", ""), "");
    EXPECT_NE(with("text", std::string(4'097, 'x')), "");
    const auto entity = [&](int offset, int length, const char* type = "bold") {
        return with("entities", Json::array({Json{{"type", type}, {"offset", offset}, {"length", length}}}));
    };
    EXPECT_NE(entity(0, 5), "") << "beyond the end";
    EXPECT_NE(entity(2, 1), "") << "in the middle of a pair";
    EXPECT_NE(entity(0, 0), "");
    EXPECT_NE(entity(0, 1, "loud"), "");
    EXPECT_NE(entity(0, 1, "text_link"), "") << "without its address";
    EXPECT_NE(with("entities", Json(101, Json{{"type", "bold"}, {"offset", 0}, {"length", 1}})), "");
    EXPECT_EQ(keyboard(Json{{"text", "A"}, {"callback_data", std::string(65, 'x')}}),
              "Bad Request: BUTTON_DATA_INVALID");
    EXPECT_NE(keyboard(Json{{"text", "A"}}), "");
    EXPECT_NE(keyboard(Json{{"text", ""}, {"callback_data", "x"}}), "");
    EXPECT_NE(keyboard(Json{{"text", "A"}, {"url", "javascript:x"}}), "");
    EXPECT_NE(with("reply_parameters", Json{{"message_id", 1}}), "") << "would fail when its message is gone";
    EXPECT_EQ(model.counters().messages_made, 0U);
    clock.advance(9s);
    EXPECT_EQ(entity(1, 2), "");
}

TEST_F(TelegramServerTest, HoldsAPollUntilSomethingComesOrItsTimeIsOver) {
    const auto empty = poll(Json{{"timeout", 20}});
    pass(19s);
    EXPECT_TRUE(empty->is_null());
    pass(1s);
    EXPECT_EQ((*empty)["result"], Json::array());
    const auto full = poll(Json{{"timeout", 90}});
    pass(10s);
    server.say(42, "hello");
    settle();
    ASSERT_EQ((*full)["result"].size(), 1U);
    EXPECT_EQ((*full)["result"][0]["message"]["text"], "hello");
    const auto again = poll(Json{{"timeout", 0}});
    EXPECT_EQ(*again, *full) << "not confirmed: the same again";
    const auto next = (*full)["result"][0]["update_id"].get<std::int64_t>() + 1;
    EXPECT_EQ((*poll(Json{{"offset", next}}))["result"], Json::array());
    EXPECT_EQ(server.updates().pending(), 0U);
    for (const char* text : {"a", "b", "c"}) server.say(42, text);
    EXPECT_EQ((*poll(Json{{"limit", 2}}))["result"].size(), 2U);
    EXPECT_EQ((*poll(Json{{"offset", -1}}))["result"][0]["message"]["text"], "c");
    EXPECT_EQ((*poll(Json::object()))["result"].size(), 1U) << "the others are forgotten";
}

TEST_F(TelegramServerTest, LetsOneProgramPoll) {
    const auto first = poll(Json{{"timeout", 50}});
    const auto second = poll(Json{{"timeout", 1}});
    settle();
    EXPECT_EQ((*first)["error_code"], 409);
    EXPECT_NE((*first)["description"].get<std::string>().find("terminated by other getUpdates"), std::string::npos);
    pass(2s);
    EXPECT_EQ((*second)["ok"], true);
    EXPECT_EQ(refusal("setWebhook", Json{{"url", "https://x.example/a"}}), "");
    EXPECT_NE((*poll(Json{{"timeout", 50}}))["description"].get<std::string>().find("while webhook is active"),
              std::string::npos);
    EXPECT_EQ(refusal("deleteWebhook", Json::object()), "");
    EXPECT_EQ((*poll(Json::object()))["ok"], true);
}

TEST_F(TelegramServerTest, KeepsUpdatesADayAndPressesTwoMinutes) {
    call("sendMessage", Json{{"chat_id", 42},
                             {"text", "x"},
                             {"reply_markup", {{"inline_keyboard", {{{{"text", "A"}, {"callback_data", "a"}}}}}}}});
    server.say(42, "hello");
    ASSERT_FALSE(server.press(42, 42, "A").empty());
    EXPECT_TRUE(server.press(42, 42, "B").empty());
    EXPECT_EQ((*poll(Json::object()))["result"].size(), 2U);
    pass(151s);
    EXPECT_EQ((*poll(Json::object()))["result"].size(), 1U);
    pass(24h);
    EXPECT_EQ((*poll(Json::object()))["result"].size(), 0U);
}

TEST_F(TelegramServerTest, LeavesOutWhatTheBotDidNotAskFor) {
    poll(Json{{"allowed_updates", {"message"}}});
    server.add_bot(-7, 42);
    server.say(42, "hello");
    EXPECT_EQ((*poll(Json::object()))["result"].size(), 1U);
}

TEST_F(TelegramServerTest, AButtonSpinsUntilItIsAnsweredOnce) {
    call("sendMessage", Json{{"chat_id", 42},
                             {"text", "x"},
                             {"reply_markup", {{"inline_keyboard", {{{{"text", "A"}, {"callback_data", "a"}}}}}}}});
    const std::string id = server.press(42, 42, "A");
    EXPECT_EQ(server.spinning(), 1U);
    EXPECT_EQ(refusal("answerCallbackQuery", Json{{"callback_query_id", id}, {"text", "done"}}), "");
    EXPECT_EQ(server.spinning(), 0U);
    EXPECT_EQ(server.transcript(42), "Brief: x\n  [A]\n  (done)\n");
    EXPECT_NE(refusal("answerCallbackQuery", Json{{"callback_query_id", id}}), "");
    EXPECT_NE(refusal("answerCallbackQuery", Json{{"callback_query_id", "7"}}), "");
    const std::string late = server.press(42, 42, "a");
    clock.advance(61s);
    EXPECT_NE(refusal("answerCallbackQuery", Json{{"callback_query_id", late}}).find("query is too old"),
              std::string::npos);
    EXPECT_NE(refusal("answerCallbackQuery", Json{{"callback_query_id", late}, {"text", std::string(201, 'x')}}), "");
}

TEST_F(TelegramServerTest, InPrivacyModeGroupsTellTheBotOnlyWhatIsForIt) {
    server.say(43, -7, "/before@BriefBot");  // it is not in it yet
    server.add_bot(-7, 42);
    server.say(43, -7, "hello");
    server.say(43, -7, "@BriefBot hello");
    server.say(43, -7, "/brief");
    server.say(43, -7, "/brief@OtherBot");
    server.say(43, -7, "/brief@briefbot now");
    call("sendMessage", Json{{"chat_id", -7}, {"text", "x"}});
    TelegramServer::SayOptions reply;
    reply.reply_to = server.latest(-7);
    server.say(43, -7, "why 1", reply);
    server.remove_bot(-7, 42);
    server.say(43, -7, "/brief@BriefBot");
    std::vector<std::string> texts;
    for (const Json& update : server.updates().take(0, 100)) {
        texts.push_back(update.contains("message")
                            ? update["message"]["text"].get<std::string>()
                            : update["my_chat_member"]["new_chat_member"]["status"].get<std::string>());
    }
    EXPECT_EQ(texts, (std::vector<std::string>{"member", "/brief", "/brief@briefbot now", "why 1", "left"}));
}

TEST_F(TelegramServerTest, AnEditKeepsOnlyTheButtonsItNames) {
    const Json keyboard{{"inline_keyboard", {{{{"text", "A"}, {"callback_data", "a"}}}}}};
    call("sendMessage", Json{{"chat_id", 42}, {"text", "x"}, {"reply_markup", keyboard}});
    EXPECT_NE(
        refusal("editMessageText", Json{{"chat_id", 42}, {"message_id", 1}, {"text", "x"}, {"reply_markup", keyboard}})
            .find("not modified"),
        std::string::npos);
    EXPECT_EQ(refusal("editMessageText", Json{{"chat_id", 42}, {"message_id", 1}, {"text", "x"}}), "");
    EXPECT_EQ(server.transcript(42), "Brief: x\n");
    clock.advance(9s);
    server.remove(42, 1);
    EXPECT_EQ(refusal("editMessageText", Json{{"chat_id", 42}, {"message_id", 1}, {"text", "y"}}),
              "Bad Request: message to edit not found");
}

TEST_F(TelegramServerTest, TopicsCanBeClosedAndRemoved) {
    server.add_chat(-1001, telegram::ChatKind::forum, "Forum", 42);
    server.add_bot(-1001, 42);
    server.add_topic(-1001, 5);
    const Json message{{"chat_id", -1001}, {"text", "x"}, {"message_thread_id", 5}};
    EXPECT_EQ(call("sendMessage", message)["result"]["message_thread_id"], 5);
    server.close_topic(-1001, 5);
    EXPECT_EQ(refusal("sendMessage", message), "Bad Request: TOPIC_CLOSED");
    server.delete_topic(-1001, 5);
    EXPECT_EQ(refusal("sendMessage", message), "Bad Request: message thread not found");
}

TEST_F(TelegramServerTest, ALimitSaysHowLongInBothPlaces) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(refusal("sendMessage", Json{{"chat_id", 42}, {"text", "x"}}), "");
    const auto limited = server.answer(request("sendMessage", R"({"chat_id":42,"text":"x"})"), Call(clock.wall_now()));
    EXPECT_EQ(limited.response.status, 429);
    EXPECT_EQ(*find_header(limited.response.headers, "Retry-After"), "1");
    EXPECT_EQ(Json::parse(limited.response.body)["parameters"]["retry_after"], 1);
}

TEST_F(TelegramServerTest, BringsUpdatesToTheWebhookInOrderUntilEachIsTaken) {
    Random random{7};
    Trouble trouble{random};
    testing::HttpBridge bridge{clock, trouble};
    std::vector<std::string> taken;
    int refuse = 2;
    bridge.to("https://bot.example", [&](ServerRequest asked) -> asio::awaitable<ServerResponse> {
        EXPECT_EQ(*find_header(asked.headers, "X-Telegram-Bot-Api-Secret-Token"), "s");
        const Json update = Json::parse(asked.body);
        const std::string text = update["message"]["text"].get<std::string>();
        ServerResponse out;
        if (text == "first" && refuse-- > 0) {
            out.status = 503;
        } else {
            taken.push_back(text);
        }
        co_return out;
    });
    EXPECT_NE(refusal("setWebhook", Json{{"url", "http://bot.example/x"}}), "") << "https only";
    EXPECT_NE(refusal("setWebhook", Json{{"url", "https://bot.example/x"}, {"secret_token", "a b"}}), "");
    EXPECT_EQ(refusal("setWebhook", Json{{"url", "https://bot.example/x"}, {"secret_token", "s"}}), "");
    tasks.spawn("deliver", server.run(bridge));
    server.say(42, "first");
    server.say(42, "second");
    server.say(43, "of another chat");
    pass(50ms);
    EXPECT_EQ(taken, (std::vector<std::string>{"of another chat"}));
    EXPECT_EQ(call("getWebhookInfo")["result"]["pending_update_count"], 2);
    EXPECT_EQ(call("getWebhookInfo")["result"]["last_error_message"], "Wrong response from the webhook: 503");
    pass(5s);
    EXPECT_EQ(taken, (std::vector<std::string>{"of another chat", "first", "second"}));
}

TEST_F(TelegramServerTest, AGroupThatMovesTellsBothChats) {
    server.add_bot(-7, 42);
    const auto to = server.upgrade(-7);
    EXPECT_EQ(to, -1007);
    const Json refused = call("sendMessage", Json{{"chat_id", -7}, {"text", "x"}});
    EXPECT_EQ(refused["parameters"]["migrate_to_chat_id"], -1007);
    EXPECT_EQ(refusal("sendMessage", Json{{"chat_id", -1007}, {"text", "x"}}), "");
    const auto updates = server.updates().take(0, 100);
    ASSERT_EQ(updates.size(), 3U);
    EXPECT_EQ(updates[1]["message"]["migrate_to_chat_id"], -1007);
    EXPECT_EQ(updates[2]["message"]["migrate_from_chat_id"], -7);
}

}  // namespace
}  // namespace podbrief::doubles
