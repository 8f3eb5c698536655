using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications.Machines;

namespace Raft.Verified.Specifications;

/// <summary>
/// The sequential model that is a copy of the state machine itself. It finds what differs between servers, but not a
/// mistake that all copies make: a model that is written independently finds both.
/// </summary>
public sealed class StateMachineModel : IStateMachineModel
{
    private readonly MachineCopy _copy;
    private readonly Func<LogEntry, (int Client, long Sequence)?>? _identify;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? _stateIn;

    private StateMachineModel(
        MachineCopy copy, Func<LogEntry, (int Client, long Sequence)?>? identify, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? stateIn)
    {
        _copy = copy;
        _identify = identify;
        _stateIn = stateIn;
    }

    /// <summary>Returns a factory of models, each with a state machine of its own.</summary>
    /// <param name="machine">The factory of the state machine, which must work without a server.</param>
    /// <param name="identify">
    /// A function that identifies the client's operation of an entry; null when the commands do not identify it. See
    /// <see cref="IStateMachineModel.Identify"/>.
    /// </param>
    /// <param name="stateIn">
    /// A function that returns the state in a snapshot, in a form in which equal states have equal bytes; null when the
    /// snapshots have this form. See <see cref="IStateMachineModel.StateIn"/>.
    /// </param>
    /// <param name="continuesInPlace">See <see cref="DeterminismOptions.ContinuesInPlace"/>.</param>
    public static Func<IStateMachineModel> Of(
        Func<IRaftStateMachine> machine,
        Func<LogEntry, (int Client, long Sequence)?>? identify = null,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? stateIn = null,
        bool continuesInPlace = true)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return () => new StateMachineModel(new MachineCopy(machine(), continuesInPlace), identify, stateIn);
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Apply(LogEntry entry) => _copy.Apply(entry);

    /// <inheritdoc />
    public ReadOnlyMemory<byte> TakeSnapshot() => StateIn(_copy.TakeSnapshot());

    /// <inheritdoc />
    public ReadOnlyMemory<byte> StateIn(ReadOnlyMemory<byte> snapshot) => _stateIn is null ? snapshot : _stateIn(snapshot);

    /// <inheritdoc />
    public (int Client, long Sequence)? Identify(LogEntry entry) => _identify?.Invoke(entry);
}
