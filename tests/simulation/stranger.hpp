// A hostile peer: a socket without a client core behind it, which says what no client of ours ever would, in any order.
// It has an account, and is in the first room like everybody. What it stores is told to the ledger; that each of its
// frames is answered, or its connection closed, it judges itself; that nothing else comes of it is the oracle's.
#pragma once

#include "simulation/debts.hpp"
#include "simulation/device.hpp"

namespace parley::simulation {

class Stranger final : private SocketOwner {
  public:
    // `person` has this token in the store. All must outlive the stranger.
    Stranger(Surroundings& around, Person person, Token token, const std::vector<RoomId>& known_rooms);
    ~Stranger() override;

    void act();     // one thing of chance: connects, says something, goes
    void settle();  // starts nothing any more, and waits for what it is owed
    void time_passed();
    [[nodiscard]] std::optional<Time> next_due() const { return line_ ? std::optional(gives_up_) : std::nullopt; }
    [[nodiscard]] bool is_settled() const { return debts_.empty(); }
    [[nodiscard]] const Debts& debts() const { return debts_; }

  private:
    void socket_opened() override;
    void socket_received(std::span<const std::byte> message) override;
    void socket_closed(std::uint16_t code, const std::string& reason) override;

    void connect();
    void leave();
    void forget_connection();

    // --- what it says
    void say(const ClientMessage& message);
    void say(const ClientMessage& message, Debt debt);
    void say_bytes(std::span<const std::byte> bytes);
    void say_for_refusal(const ClientMessage& message, Refusal reason);
    void say_nonsense();
    void speak_before_hello();
    void greet();
    void speak_as_nobody();
    void try_to_get_in();
    void get_in();
    void speak_as_member();
    void look_where_it_may_not();
    void notice();
    void write();
    void write_again();
    void write_as(OpId op);
    void meddle();
    void ask_too_much();
    void confirm();
    [[nodiscard]] ClientMessage anything();

    [[nodiscard]] RequestId next_request() { return ++last_request_; }
    [[nodiscard]] OpId fresh_op();
    [[nodiscard]] RoomId some_room();
    void violated(const char* check, std::string what);
    void read(const ServerMessage& message);
    void read_done(const Done& done);
    void tell(const std::string& what) const;

    Surroundings& around_;
    const Person person_;
    std::optional<Token> token_;
    const std::vector<RoomId>& known_rooms_;
    OutboxId outbox_;
    std::uint64_t last_number_ = 0;
    std::uint64_t texts_ = 0;
    int guesses_ = 5;                                 // of passwords and names, for the server counts them
    std::vector<OpId> heard_;                         // of messages of others
    std::vector<std::pair<PostText, bool>> written_;  // and whether it was answered with Done

    // --- of the connection
    enum class Stage : std::uint8_t { opening, mute, before_hello, greeted, getting_in, inside, leaving };
    std::optional<LineId> line_;
    Stage stage_ = Stage::opening;
    Debts debts_;
    RequestId last_request_ = 0;
    RoomId first_room_;
    Time gives_up_{};
    bool is_quiet_ = false;
};

}  // namespace parley::simulation
