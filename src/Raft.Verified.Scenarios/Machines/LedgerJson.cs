using System.Text.Json.Serialization;

namespace Raft.Verified.Scenarios.Machines;

/// <summary>The JSON of the ledger.</summary>
[JsonSerializable(typeof(LedgerState))]
[JsonSerializable(typeof(LedgerCommand))]
[JsonSerializable(typeof(LedgerAnswer))]
internal sealed partial class LedgerJson : JsonSerializerContext;
