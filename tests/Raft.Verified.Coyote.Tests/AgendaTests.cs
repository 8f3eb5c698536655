using Xunit;

namespace Raft.Verified.Coyote.Tests;

public sealed class AgendaTests
{
    [Fact]
    public void The_next_item_is_the_one_due_first_and_of_several_the_one_added_first()
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
    public void Time_does_not_advance_beyond_the_next_item()
    {
        Agenda agenda = new();
        agenda.Add(TimeSpan.FromSeconds(1), NoAction);

        agenda.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(TimeSpan.FromMilliseconds(400), agenda.Now);

        agenda.Advance(TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.FromSeconds(1), agenda.Now);
    }

    [Fact]
    public void Time_stands_still_without_items()
    {
        Agenda agenda = new();
        agenda.Advance(TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.Zero, agenda.Now);
    }

    [Fact]
    public void An_item_taken_early_advances_the_time_and_a_late_one_does_not_turn_it_back()
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
    public void A_cancelled_item_is_removed_and_time_stands_still()
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
