#include "tests/core/reception/town.hpp"

#include <stdexcept>

#include "core/delivery/payload.hpp"
#include "core/rendering/buttons.hpp"
#include "tests/simulation/delivery/worker.hpp"

namespace podbrief::testing {

using namespace std::chrono_literals;

Office::Office(ChatLibrary& library, services::Messengers& messengers, services::Frontends& frontends, std::string name,
               services::Reception::Settings settings)
    : process(library.context.get_executor(), name),
      inbox(library.store, process),
      accounts(library.store, process),
      readers(library.store, process),
      outbox(library.store, process, library.clock),
      composer(library.store, readers, library.search, library.clock, library.context.get_executor()),
      responder(library.store, readers, library.search, composer, library.clock, nullptr),
      reception(name,
                services::Reception::Ports{inbox, accounts, library.store, outbox, readers, library.store,
                                           library.search, responder, messengers, frontends, library.clock, log_,
                                           metrics_, library.context.get_executor(), [this] { ++stored; }},
                settings) {}

Town::Town(services::Reception::Settings settings)
    : slack_messenger_(slack, Line{library.clock, library.clock, trouble_, {}}),
      discord_messenger_(discord, Line{library.clock, library.clock, trouble_, {}}),
      telegram_messenger_(telegram, Line{library.clock, library.clock, trouble_, {}}, TelegramMessenger::Mode::fast),
      writer_(library.store, library.store, library.composer, library.clock) {
    library.add_sample();
    for (Messenger* messenger :
         {static_cast<Messenger*>(&slack_messenger_), static_cast<Messenger*>(&discord_messenger_),
          static_cast<Messenger*>(&telegram_messenger_)}) {
        messengers[messenger->traits().platform] = messenger;
        frontends[messenger->traits().platform] = &frontend;
    }
    services::DeliveryWorker::Ports ports{
        library.store, library.store, writer_, nullptr, messengers, briefs::system_zones(),
        nullptr,       library.clock, random_, log_,    metrics_,   library.context.get_executor()};
    delivery_ = std::make_unique<services::DeliveryWorker>("d1", std::move(ports), simulated_settings(false));
    office = std::make_unique<Office>(library, messengers, frontends, "r1", settings);
    tasks_ = std::make_unique<TaskScope>(library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    tasks_->spawn("delivery", delivery_->run());
    pass(10ms);
}

Town::~Town() {
    stop_delivery();
}

void Town::stop_delivery() {
    tasks_->request_stop();
    while (tasks_->size() > 0) {
        library.context.restart();
        library.context.poll();
        library.clock.advance(1s);
    }
}

Person Town::person(const std::string& platform, const std::string& name) {
    Person person;
    person.name = name;
    const std::string number = std::to_string(100 + std::hash<std::string>{}(name) % 800);
    person.account = {platform, platform == "slack" ? "T1" : "", "U" + number};
    person.chat = {platform, platform == "slack" ? "T1" : platform == "discord" ? "100" : "", number, ""};
    if (platform == "slack") person.time_zone = "Europe/Berlin";
    if (model(platform).chat(person.chat.workspace, person.chat.chat) == nullptr) {
        model(platform).add_chat(person.chat.workspace, person.chat.chat);
    }
    return person;
}

Person Town::in_channel(Person person, bool may_manage) {
    person.chat.chat = person.account.platform == "telegram" ? "-9000" : "9000";
    person.direct = false;
    person.may_manage = may_manage;
    PlatformModel& platform = model(person.account.platform);
    if (platform.chat(person.chat.workspace, person.chat.chat) == nullptr) {
        platform.add_chat(person.chat.workspace, person.chat.chat);
    }
    return person;
}

Incoming Town::incoming(const Person& person, Incoming::Kind kind, std::string text) {
    Incoming incoming;
    incoming.platform = person.account.platform;
    incoming.tenant = person.chat.workspace;
    incoming.event_id = "event " + std::to_string(++events_);
    incoming.at = library.clock.wall_now();
    incoming.kind = kind;
    incoming.from = person.account;
    incoming.where = person.chat;
    incoming.direct = person.direct;
    incoming.may_manage = person.may_manage;
    incoming.text = std::move(text);
    incoming.name = person.name;
    incoming.time_zone = person.time_zone;
    return incoming;
}

void Town::tell(Incoming incoming) {
    const auto accepted = library.get(office->reception.accept(std::move(incoming)));
    if (accepted == Intake::Accepted::unavailable) throw std::runtime_error("not accepted");
    library.get(office->reception.run_once());
    delivery_->wake();
    pass(4s);
}

std::vector<Town::Sent> Town::sent_to(const Destination& chat) {
    std::vector<Sent> all;
    for (const auto& [id, delivery] : library.store.all_deliveries()) {
        const bool message = delivery.kind != DeliveryKind::correction && delivery.state == DeliveryState::sent;
        if (!message || delivery.address.platform != chat.platform || delivery.address.chat != chat.chat) continue;
        const auto now = library.get(library.store.sent_as(chat, delivery.message_ref));
        if (!now) continue;
        all.push_back({*now, delivery::thaw(now->payload).value_or(Reply())});
    }
    return all;
}

void Town::press(const Person& person, const std::string& label, int card) {
    const std::vector<Sent> sent = sent_to(person.chat);
    for (auto message = sent.rbegin(); message != sent.rend(); ++message) {
        std::vector<Choice> buttons;
        for (const ReplyBlock& block : message->shows.blocks) {
            if (const auto* choices = std::get_if<Choices>(&block); choices != nullptr && card == 0) {
                buttons.insert(buttons.end(), choices->choices.begin(), choices->choices.end());
            }
            if (const auto* insight = std::get_if<InsightCard>(&block); insight != nullptr && insight->number == card) {
                const std::vector<Choice> under = rendering::card_buttons(*insight);
                buttons.insert(buttons.end(), under.begin(), under.end());
            }
        }
        for (const Choice& button : buttons) {
            if (!button.label.starts_with(label)) continue;
            Incoming pressed = incoming(person, Incoming::Kind::button);
            pressed.action_data = to_data(button.action).value();
            pressed.message_ref = message->delivery.message_ref;
            tell(std::move(pressed));
            return;
        }
    }
    throw std::runtime_error("there is no button " + label);
}

void Town::pass(Millis time) {
    const SteadyTime until = library.clock.steady_now() + time;
    for (;;) {
        library.context.restart();
        library.context.poll();
        const auto next = library.clock.next_due();
        if (!next || *next > until) break;
        library.clock.advance_to_next();
    }
    library.clock.advance(until - library.clock.steady_now());
    library.context.restart();
    library.context.poll();
}

std::vector<std::string> Town::shown(const Person& person) {
    std::vector<std::string> all;
    const Chat* chat = model(person.account.platform).chat(person.chat.workspace, person.chat.chat);
    if (chat == nullptr) return all;
    for (const ChatMessage& message : chat->messages) {
        if (message.visible()) all.push_back(message.text);
    }
    return all;
}

std::string Town::last(const Person& person) {
    const std::vector<std::string> all = shown(person);
    return all.empty() ? std::string() : all.back();
}

Reply Town::last_reply(const Person& person) {
    const std::vector<Sent> sent = sent_to(person.chat);
    return sent.empty() ? Reply() : sent.back().shows;
}

Reader Town::reader_of(const Person& person) {
    const auto record = library.get(library.store.account(person.account, false));
    if (!record) return {};
    return library.get(library.store.reader(record->reader)).value_or(Reader());
}

std::optional<DestinationRecord> Town::destination_of(const Person& person) {
    for (const auto& [id, record] : library.store.all_destinations()) {
        if (record.address == person.chat) return record;
    }
    return std::nullopt;
}

PlatformModel& Town::model(const std::string& platform) {
    if (platform == "slack") return slack;
    if (platform == "discord") return discord;
    return telegram;
}

}  // namespace podbrief::testing
