using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications.Machines;

/// <summary>
/// A copy of a state machine outside of any server. Its calls run to their end on the spot. Bytes that it returns never
/// change.
/// </summary>
/// <param name="machine">The state machine, which belongs to this copy alone.</param>
/// <param name="continuesInPlace">
/// True when the continuations of a call that waits run here, and not as steps of the run that is judged. False when a
/// call must not wait at all.
/// </param>
internal sealed class MachineCopy(IRaftStateMachine machine, bool continuesInPlace)
{
    private readonly Continuations? _continuations = continuesInPlace ? new() : null;

    /// <summary>Applies a command and returns the answer.</summary>
    /// <param name="entry">The entry, of kind <see cref="EntryKind.Command"/>.</param>
    /// <exception cref="MachineWaitsException">The call does not end by itself.</exception>
    public ReadOnlyMemory<byte> Apply(LogEntry entry) => Run(nameof(IRaftStateMachine.ApplyAsync), (machine, entry), static call => call.machine.ApplyAsync(call.entry.Index, call.entry.Command));

    /// <summary>Returns a snapshot.</summary>
    /// <exception cref="MachineWaitsException">The call does not end by itself.</exception>
    public ReadOnlyMemory<byte> TakeSnapshot() => Run(nameof(IRaftStateMachine.TakeSnapshotAsync), machine, static machine => machine.TakeSnapshotAsync());

    /// <summary>Replaces the state.</summary>
    /// <param name="index">The last entry that the snapshot covers.</param>
    /// <param name="snapshot">The bytes of the snapshot, of which the state machine gets a copy.</param>
    /// <exception cref="MachineWaitsException">The call does not end by itself.</exception>
    public void Restore(LogIndex index, ReadOnlyMemory<byte> snapshot) =>
        Run(nameof(IRaftStateMachine.RestoreAsync), (machine, index, bytes: snapshot.ToArray()), static async call =>
        {
            await call.machine.RestoreAsync(call.index, call.bytes);
            return default;
        });

    private ReadOnlyMemory<byte> Run<TCall>(string name, TCall call, Func<TCall, ValueTask<ReadOnlyMemory<byte>>> start)
    {
        ValueTask<ReadOnlyMemory<byte>> result = _continuations is null ? start(call) : _continuations.Run(call, start);
        return result.IsCompleted ? result.GetAwaiter().GetResult().ToArray() : throw new MachineWaitsException(name);
    }

    /// <summary>The continuations of one copy, in the order in which they were posted.</summary>
    private sealed class Continuations : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = [];

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (_posted)
            {
                _posted.Enqueue((d, state));
            }
        }

        public override SynchronizationContext CreateCopy() => this;

        /// <summary>Runs a call and what it posts, until the call has ended or nothing is left to run.</summary>
        public ValueTask<ReadOnlyMemory<byte>> Run<TCall>(TCall call, Func<TCall, ValueTask<ReadOnlyMemory<byte>>> start)
        {
            SynchronizationContext? context = Current;
            SetSynchronizationContext(this);
            try
            {
                ValueTask<ReadOnlyMemory<byte>> result = start(call);
                while (!result.IsCompleted && RunNext())
                {
                }

                return result;
            }
            finally
            {
                SetSynchronizationContext(context);
            }
        }

        private bool RunNext()
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_posted)
            {
                if (!_posted.TryDequeue(out next))
                {
                    return false;
                }
            }

            next.Callback(next.State);
            return true;
        }
    }
}
