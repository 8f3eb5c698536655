using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>
/// The state machine of scripted servers, which is the list of all commands. A script can hold it in the middle of a
/// command, and make it call back into its server from there. It keeps a record of its deliveries.
/// </summary>
internal sealed class ScriptMachine : IRaftStateMachine
{
    private readonly CommandList _state = new();
    private readonly List<string> _delivered = [];
    private TaskCompletionSource? _held;

    /// <summary>
    /// The deliveries of this life: <c>3</c> for the command at index 3, <c>[9]</c> for a snapshot through 9.
    /// </summary>
    public string Delivered => string.Join(' ', _delivered);

    /// <summary>
    /// The index at which the machine stops in the middle of the command until <see cref="Release"/>; null for none.
    /// </summary>
    public LogIndex? HoldAt { get; set; }

    /// <summary>True when the machine is stopped in the middle of a command.</summary>
    public bool IsHeld => _held is not null;

    /// <summary>
    /// The callback in the middle of each command, with its index and the state after it; the command ends when the
    /// task does. Null for none.
    /// </summary>
    public Func<LogIndex, ReadOnlyMemory<byte>, Task>? DuringApply { get; set; }

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        ReadOnlyMemory<byte> answer = _state.Apply(command);
        if (index == HoldAt)
        {
            _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _held.Task;
        }

        if (DuringApply is { } during)
        {
            await during(index, _state.Write());
        }

        _delivered.Add(index.ToString());
        return answer;
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(State);

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        _state.Read(snapshot);
        _delivered.Add($"[{lastIncludedIndex}]");
        return ValueTask.CompletedTask;
    }

    /// <summary>The present state in the form of a snapshot.</summary>
    public ReadOnlyMemory<byte> State => _state.Write();

    /// <summary>Resumes a stopped machine.</summary>
    public void Release()
    {
        HoldAt = null;
        TaskCompletionSource? held = _held;
        _held = null;
        held?.SetResult();
    }
}
