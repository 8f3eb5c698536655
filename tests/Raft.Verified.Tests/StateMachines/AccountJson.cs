using System.Text.Json.Serialization;

namespace Raft.Verified.Tests.StateMachines;

[JsonSerializable(typeof(Accounts))]
[JsonSerializable(typeof(Deposit))]
[JsonSerializable(typeof(Balance))]
internal sealed partial class AccountJson : JsonSerializerContext;
