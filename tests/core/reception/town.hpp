#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/services/composer_writer.hpp"
#include "core/services/delivery_worker.hpp"
#include "core/services/reception.hpp"
#include "tests/core/reception/guarded_stores.hpp"
#include "tests/core/services/chat_library.hpp"
#include "tests/doubles/model/discord_messenger.hpp"
#include "tests/doubles/model/slack_messenger.hpp"
#include "tests/doubles/model/telegram_messenger.hpp"
#include "tests/simulation/delivery/guarded_outbox.hpp"

namespace podbrief::testing {

// What a platform would show beside messages.
class SeenFrontend final : public Frontend {
public:
    asio::awaitable<void> notice(Incoming, std::string text) override {
        notices.push_back(std::move(text));
        co_return;
    }
    asio::awaitable<void> settled(Incoming) override {
        ++settled_count;
        co_return;
    }
    asio::awaitable<void> show_home(Incoming, Reply page) override {
        pages.push_back(std::move(page));
        co_return;
    }
    std::vector<std::string> notices;
    std::vector<Reply> pages;
    int settled_count = 0;
};

// One process that receives: its ports may let it die at any of their calls.
class Office {
public:
    Office(ChatLibrary& library, services::Messengers& messengers, services::Frontends& frontends, std::string name,
           services::Reception::Settings settings = {});

    Process process;
    GuardedInbox inbox;
    GuardedAccounts accounts;
    GuardedReaders readers;
    GuardedOutbox outbox;
    services::Composer composer;
    services::Responder responder;
    services::Reception reception;
    int stored = 0;  // how often delivery was told of something new

private:
    NullLog log_;
    NullMetrics metrics_;
};

// Somebody on a platform, and the conversation they are in.
struct Person {
    Account account;
    Destination chat;
    std::string name;
    std::string time_zone;  // as the platform tells it; empty: it does not
    bool direct = true;
    std::optional<bool> may_manage;
};

// The invented library with the models of all platforms, a reception and a delivery worker, on one manual clock
// (Thursday, 12 March 2026, 07:00 UTC).
class Town {
public:
    explicit Town(services::Reception::Settings settings = {});
    ~Town();

    Person person(const std::string& platform, const std::string& name = "Ada");
    Person in_channel(Person person, bool may_manage);

    Incoming incoming(const Person& person, Incoming::Kind kind, std::string text = {});
    // Brings it to the reception and waits until what comes of it has been sent.
    void tell(Incoming incoming);
    void say(const Person& person, std::string text) { tell(incoming(person, Incoming::Kind::text, std::move(text))); }
    // Presses a button by its label, on the latest message of the chat that has one so named; `card`: the number of the
    // insight that it stands under.
    void press(const Person& person, const std::string& label, int card = 0);
    void open(const Person& person, std::string payload = {}) {
        tell(incoming(person, Incoming::Kind::opened, std::move(payload)));
    }
    void pass(Millis time);
    void wake_delivery() { delivery_->wake(); }
    void stop_delivery();
    Messenger& telegram_messenger() { return telegram_messenger_; }

    // The chat as people see it now, message by message.
    std::vector<std::string> shown(const Person& person);
    std::string last(const Person& person);  // message; empty: none
    Reply last_reply(const Person& person);  // what was sent last, as the chat shows it now

    Reader reader_of(const Person& person);
    std::optional<DestinationRecord> destination_of(const Person& person);
    PlatformModel& model(const std::string& platform);

    ChatLibrary library;
    SlackModel slack;
    DiscordModel discord;
    TelegramModel telegram;
    SeenFrontend frontend;
    services::Messengers messengers;
    services::Frontends frontends;
    std::unique_ptr<Office> office;

private:
    struct Sent {
        Delivery delivery;
        Reply shows;
    };
    std::vector<Sent> sent_to(const Destination& chat);  // in order

    Random random_{7};
    Trouble trouble_{random_};
    NullLog log_;
    NullMetrics metrics_;
    SlackMessenger slack_messenger_;
    DiscordMessenger discord_messenger_;
    TelegramMessenger telegram_messenger_;
    services::ComposerWriter writer_;
    std::unique_ptr<services::DeliveryWorker> delivery_;
    std::unique_ptr<TaskScope> tasks_;
    int events_ = 0;
};

}  // namespace podbrief::testing
