using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Tests.Specifications;

/// <summary>
/// A state machine whose state is the text of all commands, and whose answer is its state. Each call can be replaced by a mistake.
/// </summary>
internal sealed class ScriptedMachine : IRaftStateMachine
{
    public string State { get; set; } = "";

    public Func<ScriptedMachine, string, ValueTask<string>>? Apply { get; init; }

    public Func<ScriptedMachine, string>? Snapshot { get; init; }

    public Action<ScriptedMachine, string>? Restore { get; init; }

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        string text = Encoding.ASCII.GetString(command.Span);
        if (Apply is { } apply)
        {
            return Encoding.ASCII.GetBytes(await apply(this, text));
        }

        State += text;
        return Encoding.ASCII.GetBytes(State);
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) =>
        new(Encoding.ASCII.GetBytes(Snapshot is null ? State : Snapshot(this)));

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        string text = Encoding.ASCII.GetString(snapshot.Span);
        if (Restore is { } restore)
        {
            restore(this, text);
        }
        else
        {
            State = text;
        }

        return default;
    }
}
