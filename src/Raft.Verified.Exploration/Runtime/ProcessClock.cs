namespace Raft.Verified.Exploration.Runtime;

/// <summary>How the clock and the timers of one process behave, compared with virtual time.</summary>
public sealed class ProcessClock
{
    private const int PerMille = 1000;

    private readonly int _rate = PerMille;

    /// <summary>A clock that shows virtual time, with timers whose callbacks are never late.</summary>
    public static ProcessClock Exact { get; } = new();

    /// <summary>How fast the clock runs, in thousandths of virtual time; from 1. Default 1000.</summary>
    public int Rate
    {
        get => _rate;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _rate = value;
        }
    }

    /// <summary>
    /// Draws, each time a timer has run out, by how much virtual time its callback is late; null from it when it runs at once. A late callback runs even when the
    /// timer is set again or stopped in the meantime. Null when no callback is ever late.
    /// </summary>
    public Func<TimeSpan?>? DrawLateness { get; init; }

    /// <summary>The time that this clock shows, or counts, while so much virtual time passes.</summary>
    /// <param name="virtualTime">The virtual time; not negative.</param>
    public TimeSpan ToOwnTime(TimeSpan virtualTime) =>
        _rate == PerMille ? virtualTime : new TimeSpan((long)((Int128)virtualTime.Ticks * _rate / PerMille));

    /// <summary>The virtual time after which this clock has counted so much; rounded up, so that no timer runs out early.</summary>
    /// <param name="ownTime">The time on this clock; not negative.</param>
    public TimeSpan ToVirtualTime(TimeSpan ownTime) =>
        _rate == PerMille ? ownTime : new TimeSpan((long)((((Int128)ownTime.Ticks * PerMille) + _rate - 1) / _rate));
}
