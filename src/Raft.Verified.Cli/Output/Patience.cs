namespace Raft.Verified.Cli.Output;

/// <summary>
/// A notice on a terminal about work that writes nothing for some time: what goes on, and how far it is. It begins after
/// a few seconds, so that short work stays silent. Other destinations get no notice, because their content must not
/// depend on the speed of the machine.
/// </summary>
internal sealed class Patience : IDisposable
{
    /// <summary>The time before the first notice.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(3);

    /// <summary>The time between notices.</summary>
    public static readonly TimeSpan Next = TimeSpan.FromSeconds(10);

    private readonly OutputStream _stream;
    private readonly Func<string> _state;
    private readonly object _gate = new();
    private readonly ITimer _timer;
    private bool _isOver;

    /// <summary>Starts the wait.</summary>
    /// <param name="stream">The destination of the notices.</param>
    /// <param name="state">The function that describes the work; another thread calls it.</param>
    /// <param name="time">The clock.</param>
    public Patience(OutputStream stream, Func<string> state, TimeProvider time)
    {
        _stream = stream;
        _state = state;
        _timer = time.CreateTimer(_ => Say(), null, First, Next);
    }

    /// <summary>Ends the notices. None is written after this call.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        _timer.Dispose();
    }

    private void Say()
    {
        lock (_gate)
        {
            if (!_isOver && _stream.IsTerminal)
            {
                _stream.Writer.WriteLine($"raft: {_state()}");
                _stream.Writer.Flush();
            }
        }
    }
}
