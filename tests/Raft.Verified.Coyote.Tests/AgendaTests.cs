using Xunit;

namespace Raft.Verified.Coyote.Tests;

public sealed class AgendaTests
{
    [Fact]
    public void What_is_due_first_comes_first_and_of_several_the_one_added_first()
    {
        Agenda agenda = new();
        AgendaItem late = agenda.Add(TimeSpan.FromSeconds(2), NoAction);
        AgendaItem first = agenda.Add(TimeSpan.FromSeconds(1), NoAction);
        AgendaItem second = agenda.Add(TimeSpan.FromSeconds(1), NoAction);

        List<AgendaItem> order = [];
        while (agenda.Next() is { } next)
        {
            order.Add(next);
            agenda.Take(next);
        }

        Assert.Equal([first, second, late], order);
        Assert.Equal(TimeSpan.FromSeconds(2), agenda.Now);
    }

    [Fact]
    public void Time_does_not_pass_what_is_due()
    {
        Agenda agenda = new();
        agenda.Add(TimeSpan.FromSeconds(1), NoAction);

        agenda.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(TimeSpan.FromMilliseconds(400), agenda.Now);

        agenda.Advance(TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.FromSeconds(1), agenda.Now);
    }

    [Fact]
    public void Time_stands_still_when_nothing_is_to_come()
    {
        Agenda agenda = new();
        agenda.Advance(TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.Zero, agenda.Now);
    }

    [Fact]
    public void What_is_taken_early_takes_time_along_and_what_is_late_does_not_take_it_back()
    {
        Agenda agenda = new();
        AgendaItem soon = agenda.Add(TimeSpan.FromSeconds(1), NoAction);
        AgendaItem far = agenda.Add(TimeSpan.FromSeconds(5), NoAction);

        agenda.Take(far);
        Assert.Equal(TimeSpan.FromSeconds(5), agenda.Now);

        agenda.Take(soon);
        Assert.Equal(TimeSpan.FromSeconds(5), agenda.Now);
        Assert.Equal(0, agenda.Count);
    }

    [Fact]
    public void What_is_cancelled_is_gone_and_time_stays()
    {
        Agenda agenda = new();
        AgendaItem item = agenda.Add(TimeSpan.FromSeconds(1), NoAction);
        agenda.Cancel(item);
        agenda.Cancel(item);
        Assert.Null(agenda.Next());
        Assert.Equal(TimeSpan.Zero, agenda.Now);
    }

    private static void NoAction()
    {
    }
}
