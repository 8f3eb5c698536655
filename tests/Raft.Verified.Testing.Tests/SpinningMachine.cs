using Raft.Verified.Protocol;

namespace Raft.Verified.Tests.Testing;

/// <summary>A state machine in an endless loop, which ends with the test.</summary>
/// <param name="isOver">The function that says whether the test has ended.</param>
internal sealed class SpinningMachine(Func<bool> isOver) : CountingMachine
{
    public override ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        while (!isOver())
        {
            Thread.SpinWait(100);
        }

        return base.ApplyAsync(index, command, cancellationToken);
    }
}
