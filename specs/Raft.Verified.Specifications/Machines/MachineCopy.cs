using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications.Machines;

/// <summary>
/// A copy of a state machine outside of any server. Its calls run to their end on the spot: what they post to continue
/// runs here, and not as a step of the run that is judged. Bytes that it returns never change.
/// </summary>
/// <param name="machine">The state machine, which belongs to this copy alone.</param>
internal sealed class MachineCopy(IRaftStateMachine machine)
{
    private readonly Continuations _continuations = new();

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
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_continuations);
        try
        {
            ValueTask<ReadOnlyMemory<byte>> result = start(call);
            while (!result.IsCompleted)
            {
                if (!_continuations.RunNext())
                {
                    throw new MachineWaitsException(name);
                }
            }

            return result.GetAwaiter().GetResult().ToArray();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
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

        public bool RunNext()
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
