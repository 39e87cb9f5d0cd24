// One handler per client message, each in the file of its name. A message of ClientMessage without a handler here does
// not compile: the deleted template names it.
#pragma once

#include "handlers/services.hpp"
#include "protocol/client_messages.hpp"

namespace parley::handlers {

template <class Message>
void handle(Context here, const Message& message) = delete;

void handle(Context here, const Hello& hello);
void handle(Context here, const Register& ask);
void handle(Context here, const LogIn& ask);
void handle(Context here, const Resume& ask);
void handle(Context here, const LogOut& ask);
void handle(Context here, const CreateRoom& ask);
void handle(Context here, const JoinRoom& ask);
void handle(Context here, const LeaveRoom& ask);
void handle(Context here, const ListRooms& ask);
void handle(Context here, const OpenDirectChat& ask);
void handle(Context here, const PostText& post);
void handle(Context here, const LoadHistory& ask);
void handle(Context here, const SyncRoom& ask);
void handle(Context here, const ListMembers& ask);
void handle(Context here, const ReportPresence& report);
void handle(Context here, const ReportTyping& report);
void handle(Context here, const MarkRead& mark);
void handle(Context here, const SetNick& ask);
void handle(Context here, const ClientBeat& beat);
void handle(Context here, const ConfirmResults& confirm);
void handle(Context here, const EditText& edit);
void handle(Context here, const DeleteMessage& ask);
void handle(Context here, const SetReaction& ask);
void handle(Context here, const SetPin& ask);
void handle(Context here, const ListPins& ask);
void handle(Context here, const LoadMessages& ask);
void handle(Context here, const LoadHistoryAt& ask);
void handle(Context here, const SetTopic& ask);
void handle(Context here, const InviteToRoom& ask);
void handle(Context here, const RenameRoom& ask);
void handle(Context here, const ChangeRoomSettings& ask);
void handle(Context here, const SetPoster& ask);
void handle(Context here, const SetFavourite& ask);
void handle(Context here, const OpenGroupChat& ask);
void handle(Context here, const SetStatus& ask);
void handle(Context here, const SetAvailability& ask);
void handle(Context here, const SetBlock& ask);
void handle(Context here, const LookUpPerson& ask);
void handle(Context here, const WatchRooms& ask);
void handle(Context here, const OpenThread& ask);

// Hands the message to its handler.
void dispatch(Context here, const ClientMessage& message);

}  // namespace parley::handlers
