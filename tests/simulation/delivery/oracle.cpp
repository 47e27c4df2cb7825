#include "tests/simulation/delivery/oracle.hpp"

#include <date/tz.h>

#include <map>
#include <set>

#include "core/ports/outbox_rules.hpp"
#include "tests/simulation/delivery/writers.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_examples = 40;

// One piece of a brief as somebody saw it.
struct Sight {
    const Chat* chat = nullptr;
    const ChatMessage* message = nullptr;
};

class Oracle {
public:
    explicit Oracle(DeliveryWorld& world) : world_(world) {}

    Findings look() {
        read_chats();
        for (const auto& [id, slot] : world_.store().all_slots()) by_reader_[slot.reader].push_back(&slot);
        for (const auto& [id, delivery] : world_.store().all_deliveries()) {
            if (delivery.kind == DeliveryKind::brief) by_slot_[delivery.slot].push_back(&delivery);
        }
        for (const ReaderStory& story : world_.readers()) look_at(story);
        for (PlatformModel* model : world_.platforms().all())
            found_.inside_wait += model->counters().calls_inside_retry_after;
        expect_no_storm();
        if (found_.inside_wait > 0) example("a call within a wait that was asked for");
        for (const std::string& violation : world_.violations()) {
            ++found_.zombies;
            example(violation);
        }
        return std::move(found_);
    }

private:
    void example(std::string line) {
        if (found_.examples.size() < most_examples) found_.examples.push_back(std::move(line));
    }

    void read_chats() {
        for (PlatformModel* model : world_.platforms().all()) {
            const std::string platform = model->platform();
            model->for_each([&](const Chat& chat, const ChatMessage& message) {
                const std::vector<Mark> marks = marks_in(message.text);
                if (message.author == bot_name && marks.empty()) ++found_.strays;
                if (!marks.empty()) ++found_.messages;
                for (const Mark& mark : marks)
                    sights_[{platform + ":" + chat.workspace + "/" + chat.id, mark}].push_back({&chat, &message});
            });
        }
    }

    static std::string chat_of(const Destination& d) { return d.platform + ":" + d.workspace + "/" + d.chat; }

    const std::vector<Sight>* sights_of(const Destination& address, const Mark& mark) const {
        const auto found = sights_.find({chat_of(address), mark});
        return found == sights_.end() ? nullptr : &found->second;
    }

    void look_at(const ReaderStory& story) {
        const std::vector<const Slot*>& slots = by_reader_[story.reader.id];
        const WallTime now = world_.clock().wall_now();
        std::map<std::string, int> seen_on;  // day and chat -> briefs seen
        for (const Slot* slot : slots) {
            if (slot->due_at > now - 1h) continue;
            ++found_.slots;
            look_at(story, *slot, seen_on);
        }
        for (const auto& [day, count] : seen_on) {
            if (count < 2) continue;
            ++found_.doubled;
            example(fmt::format("reader {}: {} briefs for {}", story.reader.id.value, count, day));
        }
        expect_every_day(story, slots);
        expect_spacing(story, slots);
    }

    void look_at(const ReaderStory& story, const Slot& slot, std::map<std::string, int>& seen_on) {
        const std::string name = fmt::format("reader {} slot {} ({})", slot.reader.value, slot.sequence, slot.key);
        const auto deliveries = by_slot_.find(slot.id);
        const bool is_over =
            slot.state == SlotState::fired || slot.state == SlotState::superseded || slot.state == SlotState::cancelled;
        if (!is_over && slot.due_at < world_.clock().wall_now() - 26h) {
            ++found_.unfinished;
            example(name + " is still " + std::string(to_string(slot.state)));
        }
        if (slot.state == SlotState::superseded) expect_told(story, slot, name);
        if (deliveries == by_slot_.end()) {
            if (slot.state == SlotState::fired && !story.disturbed) {
                ++found_.lost;
                example(name + " fired without a delivery");
            }
            return;
        }
        expect_all_parts(slot, deliveries->second, name);
        std::map<DestinationId, WallTime> latest;  // of the parts seen so far
        std::set<DestinationId> seen_at;
        for (const Delivery* d : deliveries->second) look_at(*d, slot, name, latest, seen_at);
        for (const DestinationId id : seen_at) ++seen_on[slot.key + " at " + std::to_string(id.value)];
    }

    void expect_all_parts(const Slot& slot, const std::vector<const Delivery*>& deliveries, const std::string& name) {
        std::map<DestinationId, std::pair<int, int>> parts;  // stored, of how many
        for (const Delivery* d : deliveries) parts[d->destination] = {parts[d->destination].first + 1, d->parts};
        for (const auto& [destination, count] : parts) {
            if (count.first == count.second || slot.state == SlotState::cancelled) continue;
            ++found_.lost;
            example(fmt::format("{} has {} of {} parts", name, count.first, count.second));
        }
    }

    // Lines that were reserved and not filled: at most one for each attempt that nobody knew the outcome of, and one
    // for a brief that came to its end before it was filled.
    void expect_few_strays(const Delivery& d) {
        if (d.address.platform != "telegram") return;
        std::uint64_t strays = 0;
        for (const PlatformModel::Seen& seen : world_.platforms().telegram.with_tag(d.key)) {
            if (seen.message->visible() && seen.message->text == TelegramMessenger::placeholder) ++strays;
        }
        if (strays == 0) return;
        std::uint64_t allowed = d.state == DeliveryState::sent ? 0 : 1;
        for (const auto& [number, event] : world_.store().all_events()) {
            if (event.delivery != d.id) continue;
            if (event.event == "outcome unknown" || event.event == "taken over" || event.event == "chat moved")
                ++allowed;
        }
        if (strays <= allowed) return;
        ++found_.littered;
        example(fmt::format("reader {} slot {}: {} placeholders were left, {} are accounted for", d.reader.value,
                            d.sequence, strays, allowed));
    }

    // Rate limits that were met, apart from those that trouble made up: we are to stay below them.
    void expect_no_storm() {
        std::uint64_t limited = 0;
        std::uint64_t calls = 0;
        for (PlatformModel* model : world_.platforms().all()) {
            limited += model->counters().limited;
            calls += model->counters().calls;
        }
        const std::uint64_t made_up = world_.trouble().given()[static_cast<std::size_t>(FaultKind::limited)];
        found_.limited = limited > made_up ? limited - made_up : 0;
        found_.calls = calls;
        // A process that died took its memory of the pace with it; a history that may be read once a minute is met too
        // soon; and calls that are on their way when a limit is made up for another meet it too.
        const std::uint64_t excused = 2 + 4 * world_.crashes() + 4 * made_up + calls / 100;
        if (world_.swarm().history_slow || found_.limited <= excused) return;
        ++found_.storms;
        example(fmt::format("{} of {} calls met a rate limit, and {} one that was made up", found_.limited, calls,
                            std::min(limited, made_up)));
    }

    // How often the pieces of this part were seen, against what the store says became of it.
    void look_at(const Delivery& d, const Slot& slot, const std::string& name,
                 std::map<DestinationId, WallTime>& latest, std::set<DestinationId>& seen_at) {
        const std::string part = fmt::format("{} part {} at {}", name, d.part, chat_of(d.address));
        std::vector<Mark> cards;
        for (const Mark& mark : marks_in(d.payload)) {
            if (mark.card > 0 || d.plainness < 2) cards.push_back(mark);
        }
        std::size_t most = 0;
        std::size_t least = cards.empty() ? 0 : SIZE_MAX;
        const ChatMessage* first = nullptr;
        for (const Mark& mark : cards) {
            const std::vector<Sight>* sights = sights_of(d.address, mark);
            const std::size_t count = sights ? sights->size() : 0;
            most = std::max(most, count);
            least = std::min(least, count);
            for (std::size_t i = 0; i < count; ++i) {
                const ChatMessage* message = (*sights)[i].message;
                if (!first || message->made_at < first->made_at) first = message;
            }
        }
        if (most > 1) {
            ++found_.doubled;
            example(fmt::format("{} was seen {} times ({})", part, most, to_string(d.state)));
            tell_history(d);
        }
        expect_few_strays(d);
        if (!is_final(d.state)) {
            if (d.expires_at + 7h < world_.clock().wall_now()) {
                ++found_.unfinished;
                example(fmt::format("{} is still {}: {}", part, to_string(d.state), d.reason));
            }
            return;
        }
        if (d.state == DeliveryState::sent) {
            ++found_.sent;
            if (least == 0) {
                ++found_.lost;
                example(part + " is stored as sent and was never seen");
            }
        }
        if (d.state == DeliveryState::superseded) {
            ++found_.superseded;
            // What may have arrived may be seen; what was never in doubt must not be.
            if (most > 0 && d.first_unknown_at == WallTime{}) {
                ++found_.doubled;
                example(part + " is stored as superseded and was seen");
            }
        }
        if (d.state == DeliveryState::dead ||
            (d.state == DeliveryState::cancelled && slot.state != SlotState::cancelled)) {
            if (d.reason.empty()) {
                ++found_.lost;
                example(part + " ended without a reason");
            }
        }
        if (d.state == DeliveryState::cancelled && most > 0 && slot.state == SlotState::cancelled) {
            ++found_.doubled;
            example(part + " was cancelled before it fired and was seen");
        }
        if (first == nullptr) return;
        seen_at.insert(d.destination);
        if (first->made_at < d.send_at || first->made_at < slot.due_at) {
            ++found_.early;
            example(fmt::format("{} was seen {} ms early", part, (d.send_at - first->made_at).count()));
        }
        if (d.part == 1)
            found_.lateness.push_back((first->edits.empty() ? first->made_at : first->edits.front()) - d.send_at);
        const auto before = latest.find(d.destination);
        if (before != latest.end() && first->made_at < before->second) {
            ++found_.disordered;
            example(part + " was seen before the part before it");
        }
        latest[d.destination] = std::max(latest[d.destination], first->made_at);
    }

    void tell_history(const Delivery& d) {
        for (const auto& [number, event] : world_.store().all_events()) {
            if (event.delivery != d.id) continue;
            example(fmt::format("    {:+8.3f} s {} {} by {} under {}",
                                static_cast<double>((event.at - d.send_at).count()) / 1000, event.event, event.detail,
                                event.worker, event.epoch));
        }
        for (PlatformModel* model : world_.platforms().all()) {
            for (const PlatformModel::Seen& seen : model->with_tag(d.key)) {
                example(fmt::format("    {:+8.3f} s made {}",
                                    static_cast<double>((seen.message->made_at - d.send_at).count()) / 1000,
                                    seen.message->id));
            }
        }
    }

    // A brief that did not come is told by the next one that does, of those made when it was known.
    void expect_told(const ReaderStory& story, const Slot& slot, const std::string& name) {
        bool arrived = false;
        const Slot* arrived_in = nullptr;
        WallTime known{};
        if (const auto own = by_slot_.find(slot.id); own != by_slot_.end()) {
            for (const Delivery* d : own->second) known = std::max(known, d->finished_at);
        }
        for (const Slot* later : by_reader_[story.reader.id]) {
            if (later->sequence <= slot.sequence) continue;
            if (later->composed_at < known + outbox::UndeliveredSearch::composing_takes) continue;
            const auto deliveries = by_slot_.find(later->id);
            if (deliveries == by_slot_.end()) continue;
            for (const Delivery* d : deliveries->second) {
                if (d->state != DeliveryState::sent || d->part != 1) continue;
                arrived = true;
                arrived_in = later;
                if (d->payload.find(slot.key) != std::string::npos) return;
            }
            if (arrived) break;
        }
        if (!arrived) return;  // nothing arrived since
        ++found_.untold;
        example(name + " did not arrive, and the brief that did does not say so");
        for (const Slot* told : by_reader_[story.reader.id]) {
            if (told->sequence < slot.sequence || told->sequence > arrived_in->sequence) continue;
            example(fmt::format("  slot {}: {}", told->sequence, to_string(told->state)));
            const auto deliveries = by_slot_.find(told->id);
            if (deliveries == by_slot_.end()) continue;
            for (const Delivery* d : deliveries->second) {
                example(fmt::format("   part {} for place {}: {}, ended {:+} s after it was due ({})", d->part,
                                    d->destination.value, to_string(d->state),
                                    (d->finished_at - told->due_at).count() / 1000, d->reason));
            }
        }
    }

    // Reckoned with the date library itself, for readers whose schedule stayed as it was.
    void expect_every_day(const ReaderStory& story, const std::vector<const Slot*>& slots) {
        const Reader& reader = story.reader;
        if (story.edited) return;
        const date::time_zone* zone = date::locate_zone(reader.time_zone);
        const auto local_day = [&](WallTime at) { return std::chrono::floor<std::chrono::days>(zone->to_local(at)); };
        for (auto day = local_day(world_.began()); day <= local_day(world_.clock().wall_now());
             day += std::chrono::days{1}) {
            const auto hour = reader.brief_at % (12h);
            for (const auto at : reader.cadence == Cadence::twice_a_day
                                     ? std::vector{hour, hour + 12h}
                                     : std::vector{std::chrono::duration_cast<std::chrono::minutes>(reader.brief_at)}) {
                expect_slot_on(story, slots, *zone, day, at);
            }
        }
    }

    void expect_slot_on(const ReaderStory& story, const std::vector<const Slot*>& slots, const date::time_zone& zone,
                        date::local_days day, std::chrono::minutes at) {
        const date::weekday weekday{day};
        const Cadence cadence = story.reader.cadence;
        if (cadence == Cadence::weekdays && (weekday == date::Saturday || weekday == date::Sunday)) return;
        if (cadence == Cadence::weekly && weekday != date::Monday) return;
        const auto info = zone.get_info(date::local_seconds{day} + at);
        WallTime due{(date::local_seconds{day} + at).time_since_epoch() - info.first.offset};
        if (info.result == date::local_info::nonexistent) due = WallTime{info.first.end.time_since_epoch()};
        if (due <= world_.began() || due > world_.clock().wall_now() - 2h) return;
        ++found_.user_days;
        const bool there = std::any_of(slots.begin(), slots.end(), [&](const Slot* slot) {
            return slot->state != SlotState::cancelled && std::chrono::abs(slot->due_at - due) <= Millis{1};
        });
        if (there || due > world_.clock().wall_now() - 13h) return;
        // A long absence may be one row.
        const bool folded = std::any_of(slots.begin(), slots.end(), [&](const Slot* slot) {
            return slot->state == SlotState::superseded && slot->due_at > due && slot->due_at < due + 96h;
        });
        if (folded) return;
        ++found_.lost;
        example(
            fmt::format("reader {} has no slot at {} ({})", story.reader.id.value, to_ms(due), story.reader.time_zone));
    }

    // Never two briefs at nearly the same time, whatever the reader does with the schedule.
    void expect_spacing(const ReaderStory& story, const std::vector<const Slot*>& slots) {
        const Slot* before = nullptr;
        for (const Slot* slot : slots) {
            if (slot->state != SlotState::fired) continue;
            const Millis least = story.reader.cadence == Cadence::twice_a_day         ? Millis{5h}
                                 : slot->zone == (before ? before->zone : slot->zone) ? Millis{1min}
                                                                                      : Millis{11h};
            if (before && slot->due_at - before->due_at < least && before->zone != slot->zone) {
                ++found_.crowded;
                example(fmt::format("reader {}: slots {} and {} are too near", story.reader.id.value, before->sequence,
                                    slot->sequence));
            }
            before = slot;
        }
    }

    DeliveryWorld& world_;
    Findings found_;
    std::map<std::pair<std::string, Mark>, std::vector<Sight>> sights_;
    std::map<ReaderId, std::vector<const Slot*>> by_reader_;
    std::map<SlotId, std::vector<const Delivery*>> by_slot_;
};

}  // namespace

void Findings::add(const Findings& o) {
    slots += o.slots;
    user_days += o.user_days;
    messages += o.messages;
    lost += o.lost;
    doubled += o.doubled;
    early += o.early;
    disordered += o.disordered;
    inside_wait += o.inside_wait;
    unfinished += o.unfinished;
    untold += o.untold;
    zombies += o.zombies;
    storms += o.storms;
    crowded += o.crowded;
    littered += o.littered;
    limited += o.limited;
    calls += o.calls;
    sent += o.sent;
    superseded += o.superseded;
    strays += o.strays;
    lateness.insert(lateness.end(), o.lateness.begin(), o.lateness.end());
    for (const std::string& line : o.examples) {
        if (examples.size() < most_examples) examples.push_back(line);
    }
}

Findings look_at(DeliveryWorld& world) {
    return Oracle(world).look();
}

}  // namespace podbrief::testing
