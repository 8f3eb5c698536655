using System.Text.Json;
using Raft.Verified.Linearizability;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>A sequential model as a replicated state machine: commands and answers as JSON. It takes no snapshots.</summary>
internal sealed class ModelMachine<TState, TCommand, TAnswer>(SequentialModel<TState, TCommand, TAnswer> model) : IRaftStateMachine
    where TState : notnull
{
    private readonly Dictionary<string, TState> _states = [];

    public static ReadOnlyMemory<byte> Encode(TCommand command) => JsonSerializer.SerializeToUtf8Bytes(command);

    public static TAnswer Decode(ReadOnlyMemory<byte> answer) => JsonSerializer.Deserialize<TAnswer>(answer.Span)!;

    /// <summary>Answers from this copy, whether it is up to date or not.</summary>
    public TAnswer AnswerHere(TCommand command) => model.Step(StateFor(command), command).Answer;

    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        TCommand decoded = JsonSerializer.Deserialize<TCommand>(command.Span)!;
        (TState state, TAnswer answer) = model.Step(StateFor(decoded), decoded);
        _states[model.PartOf(decoded)] = state;
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(JsonSerializer.SerializeToUtf8Bytes(answer));
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException("no snapshots are taken in these runs");

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default) => throw new NotSupportedException("no snapshots are taken in these runs");

    private TState StateFor(TCommand command) => _states.GetValueOrDefault(model.PartOf(command), model.Initial);
}
