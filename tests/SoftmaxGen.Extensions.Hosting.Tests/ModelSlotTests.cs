namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>A model of the file wins over what was learned from the model before.</summary>
public class ModelSlotTests
{
    [Fact]
    public void What_was_learned_is_in_force_until_another_model_comes()
    {
        (ChurnModel first, ChurnModel learned, ChurnModel second) = (Given.Model(1), Given.Model(1.5), Given.Model(2));
        var slot = new ModelSlot<ChurnModel>(first);

        slot.Improve(first, learned);
        Assert.Same(learned, slot.Handle.Current);
        Assert.Same(first, slot.Basis);

        slot.Replace(second);
        slot.Improve(first, learned);
        Assert.Same(second, slot.Handle.Current);
        Assert.Same(second, slot.Basis);
    }
}
