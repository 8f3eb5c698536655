using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// A position in the base order, in which operations run where nothing is explored. Operations that have to wait come
/// last; among the rest the earlier due ones come first, then the older ones.
/// </summary>
/// <param name="Waits">True when it has to wait for all others.</param>
/// <param name="Due">The time at which it is due, in ticks of virtual time.</param>
/// <param name="Order">The number of operations that were created before it.</param>
internal readonly record struct BaseOrder(bool Waits, long Due, int Order)
{
    /// <summary>Returns the first of the enabled operations.</summary>
    /// <param name="ready">The enabled operations; at least one.</param>
    /// <param name="delayed">The operations that have to wait.</param>
    public static (int Choice, ulong Identity) FirstOf(ReadyOperations ready, ReadOnlySpan<DelayedOperation> delayed)
    {
        (int choice, ulong identity, BaseOrder first) = (0, 0, new BaseOrder(true, long.MaxValue, int.MaxValue));
        int position = 0;
        for (OperationKind kind = 0; (int)kind < ReadyOperations.Kinds; kind++)
        {
            foreach (ref readonly PendingOperation operation in ready[kind].Items)
            {
                BaseOrder order = new(IsAmong(delayed, operation.Identity), operation.Due, operation.Order);
                if (order.IsBefore(in first))
                {
                    (choice, identity, first) = (position, operation.Identity, order);
                }

                position++;
            }
        }

        return (choice, identity);
    }

    public bool IsBefore(in BaseOrder other) =>
        Waits != other.Waits ? other.Waits : Due != other.Due ? Due < other.Due : Order < other.Order;

    private static bool IsAmong(ReadOnlySpan<DelayedOperation> delayed, ulong identity)
    {
        foreach (DelayedOperation operation in delayed)
        {
            if (operation.Identity == identity)
            {
                return true;
            }
        }

        return false;
    }
}
