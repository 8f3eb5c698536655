namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// A place in the order in which operations run where nothing is explored: what has to wait comes last, and among the rest what is due first, then
/// what is older.
/// </summary>
/// <param name="Waits">Whether it has to wait for all others.</param>
/// <param name="Due">When it is due, in ticks of virtual time.</param>
/// <param name="Order">How many operations were made before it.</param>
internal readonly record struct BaseOrder(bool Waits, long Due, int Order)
{
    /// <summary>Behind every operation.</summary>
    public static BaseOrder Last { get; } = new(true, long.MaxValue, int.MaxValue);

    public bool IsBefore(in BaseOrder other) =>
        Waits != other.Waits ? other.Waits : Due != other.Due ? Due < other.Due : Order < other.Order;
}
