using Raft.Verified.Cli.Output;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>Notices about work that writes nothing for a while.</summary>
public sealed class PatienceTests
{
    [Fact]
    public void Short_work_is_silent_and_long_work_says_what_goes_on_from_time_to_time()
    {
        using StringWriter text = new();
        ManualTime time = new();
        int done = 0;
        using (new Patience(new OutputStream(text, IsTerminal: true, HasColor: false, Width: 80, Height: 24), () => $"replaying: {done} of 9 decisions", time))
        {
            Assert.Equal((Patience.First, Patience.Next), (time.Due, time.Period));
            Assert.Equal("", text.ToString());
            done = 4;
            time.Fire();
            done = 8;
            time.Fire();
        }

        time.Fire();
        Assert.Equal("raft: replaying: 4 of 9 decisions\nraft: replaying: 8 of 9 decisions\n", text.ToString().ReplaceLineEndings("\n"));
        Assert.True(time.IsOver);
    }

    [Fact]
    public void What_is_no_terminal_gets_the_same_output_on_a_slow_machine_as_on_a_fast_one()
    {
        using StringWriter text = new();
        ManualTime time = new();
        using (new Patience(OutputStream.Plain(text), () => "replaying", time))
        {
            time.Fire();
        }

        Assert.Equal("", text.ToString());
    }

    private sealed class ManualTime : TimeProvider, ITimer
    {
        private TimerCallback? _callback;

        public TimeSpan Due { get; private set; }

        public TimeSpan Period { get; private set; }

        public bool IsOver { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, Due, Period) = (callback, dueTime, period);
            return this;
        }

        public void Fire() => _callback!(null);

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => IsOver = true;

        public ValueTask DisposeAsync()
        {
            IsOver = true;
            return default;
        }
    }
}
