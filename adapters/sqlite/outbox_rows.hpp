#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/outbox_rows.hpp"

namespace podbrief::sqlite {

// The rows of the outbox in the transaction that `connection` is in. Each call is one or a few statements on single
// rows: slot_rows.cpp, delivery_rows.cpp, destination_rows.cpp, lane_rows.cpp.
class SqliteOutboxRows final : public OutboxRows {
public:
    explicit SqliteOutboxRows(Connection& connection) : connection_(connection) {}

    std::optional<Planning> planning(ReaderId reader) override;
    void set_planning(const Planning& planning) override;
    std::optional<Slot> slot(SlotId id) override;
    std::optional<Slot> open_slot(ReaderId reader) override;
    bool has_key(ReaderId reader, const std::string& key) override;
    SlotId insert(const Slot& slot) override;
    void update(const Slot& slot) override;
    Brief keep_brief(const Brief& brief) override;
    void mark_unsent(BriefId brief) override;
    std::optional<Delivery> delivery(DeliveryId id) override;
    std::vector<Delivery> deliveries(SlotId slot) override;
    std::vector<Delivery> unfinished_at(DestinationId destination) override;
    std::vector<Delivery> in_hand(const std::string& lane) override;
    std::vector<Delivery> waiting_since(WallTime until) override;
    bool has_delivery_key(const std::string& key) override;
    DeliveryId insert(const Delivery& delivery) override;
    void update(const Delivery& delivery) override;
    void hand_over_loose(ReaderId from, ReaderId into) override;
    std::optional<DestinationRecord> destination(DestinationId id) override;
    std::optional<DestinationRecord> destination(ReaderId reader, const Destination& address) override;
    std::vector<DestinationRecord> destinations_at(const Destination& address) override;
    std::vector<DestinationRecord> destinations_of(ReaderId reader) override;
    std::vector<DestinationRecord> destinations_in(const std::string& platform, const std::string& workspace) override;
    DestinationId insert(const DestinationRecord& destination) override;
    void update(const DestinationRecord& destination) override;
    std::optional<LaneLease> lane(const std::string& name) override;
    void put(const LaneLease& lane) override;
    void add(const DeliveryEvent& event) override;

private:
    Connection& connection_;
};

}  // namespace podbrief::sqlite
