// Who on this shard hears what: the connections of the shard, the rooms each is subscribed to, and which of them it
// watches, so that it is told who is there and types. Lives on the shard of the connections; entered by the session's
// side and left when the connection closes. Holds plain pointers: net promises that a connection lives until it is
// removed here (on_closed).
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "net/connection.hpp"
#include "protocol/ids.hpp"

namespace parley::rooms {

// A connection and whose it is, wherever it lives.
struct ListenerRef {
    shard::ShardId shard{};
    net::ConnectionId connection{};
    UserId user;
};

// What a room says to those who hear it. Not all of them may read it all: who reads the room from a later message on
// than `about` hears of it only that something was.
struct Telling {
    std::vector<net::SharedFrame> frames;
    Ordinal about = {};  // 0: about nothing that is not for all
    std::vector<net::SharedFrame> concealed = {};
};

class Audience {
  public:
    void enter(net::Connection& connection, UserId user);
    // The rooms it was subscribed to.
    [[nodiscard]] std::vector<RoomId> leave(net::ConnectionId connection);

    // False if the connection is gone or hears the room already (then from this message on).
    bool subscribe(RoomId room, net::ConnectionId connection, Ordinal reads_from = Ordinal(1));
    // False if it did not hear the room.
    bool unsubscribe(RoomId room, net::ConnectionId connection);
    // How many connections of this user heard the room until now.
    std::size_t unsubscribe_user(RoomId room, UserId user);

    // What a connection watches and does not hear, it watches as soon as it hears it.
    void watch(net::ConnectionId connection, std::vector<RoomId> rooms);

    void tell(RoomId room, const Telling& telling) const;
    void tell_watchers(RoomId room, const net::SharedFrame& frame) const;
    // Frames for one are given away: the connection is then their only owner.
    void send(net::ConnectionId connection, std::vector<net::SharedFrame> frames) const;
    // Closes everyone who hears the room: they come back and resume.
    void cut(RoomId room) const;

  private:
    struct Listener {
        net::Connection* connection;
        UserId user;
        std::vector<RoomId> rooms;
        std::vector<RoomId> watched;  // kRoomsWatched at most
    };
    void forget_room(Listener& listener, RoomId room);
    void watch_no_more(const Listener& listener, RoomId room);

    std::unordered_map<net::ConnectionId, Listener> listeners_;
    struct Hearer {
        net::Connection* connection;
        Ordinal reads_from;
    };
    std::unordered_map<RoomId, std::vector<Hearer>> rooms_;
    // Those of them that watch it. Whoever looks here and there all the time takes nobody long.
    std::unordered_map<RoomId, std::unordered_map<net::ConnectionId, net::Connection*>> watchers_;
};

}  // namespace parley::rooms
