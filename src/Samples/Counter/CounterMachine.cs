using System.Text.Json.Serialization;
using Raft.Verified.StateMachines;

namespace Counter;

/// <summary>The command: add to the counter.</summary>
/// <param name="Amount">The number to add.</param>
internal sealed record Add(long Amount);

/// <summary>The replicated counter. Its answers are the new value.</summary>
internal sealed class CounterMachine() : RaftStateMachine<long, Add, long>(initial: 0, CounterJson.Default)
{
    public override long Apply(Add command) => State += command.Amount;
}

[JsonSerializable(typeof(Add))]
[JsonSerializable(typeof(long))]
internal sealed partial class CounterJson : JsonSerializerContext;
