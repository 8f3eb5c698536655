namespace Raft.Verified.Exploration.Runtime;

/// <summary>The behaviour of the clock and the timers of one process, relative to virtual time.</summary>
public sealed class ProcessClock
{
    private const int PerMille = 1000;

    private readonly int _rate = PerMille;

    /// <summary>A clock that shows virtual time, with timers whose callbacks are never late.</summary>
    public static ProcessClock Exact { get; } = new();

    /// <summary>The speed of the clock, in thousandths of virtual time; at least 1. The default is 1000.</summary>
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
    /// The draw, per expired timer, of the virtual time by which its callback is late; the draw returns null for a
    /// punctual callback. A late callback runs even when the timer is restarted or stopped meanwhile. Null when no
    /// callback is ever late.
    /// </summary>
    public Func<TimeSpan?>? DrawLateness { get; init; }

    /// <summary>Returns the time that this clock counts while the given virtual time passes.</summary>
    /// <param name="virtualTime">The virtual time; not negative.</param>
    public TimeSpan ToOwnTime(TimeSpan virtualTime) =>
        _rate == PerMille ? virtualTime : new TimeSpan((long)((Int128)virtualTime.Ticks * _rate / PerMille));

    /// <summary>
    /// Returns the virtual time in which this clock counts the given time, rounded up so that no timer expires early.
    /// </summary>
    /// <param name="ownTime">The time on this clock; not negative.</param>
    public TimeSpan ToVirtualTime(TimeSpan ownTime) =>
        _rate == PerMille ? ownTime : new TimeSpan((long)((((Int128)ownTime.Ticks * PerMille) + _rate - 1) / _rate));
}
